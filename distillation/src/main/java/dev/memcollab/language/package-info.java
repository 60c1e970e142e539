/// What the method knows of English and of the trade's words, without a model.
///
/// [OrdinaryLanguage][dev.memcollab.language.OrdinaryLanguage] tells words from names;
/// [Concepts][dev.memcollab.language.Concepts] tells which different words mean the same to a
/// programmer. Both are plain resources that a person can read.
@NullMarked
package dev.memcollab.language;

import org.jspecify.annotations.NullMarked;
