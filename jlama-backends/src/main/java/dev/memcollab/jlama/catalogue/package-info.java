/// Which models there are, where they come from, and where they lie on this machine.
///
/// [ModelCatalogue][dev.memcollab.jlama.catalogue.ModelCatalogue] knows the models by name
/// (`models.json`), [ModelHome][dev.memcollab.jlama.catalogue.ModelHome] is the directory of those
/// that are installed, [ModelPull][dev.memcollab.jlama.catalogue.ModelPull] brings a model from the
/// one to the other: its sources are tried in turn until a file has the right SHA-256. The digest,
/// not the place, makes a file right, so a mirror is as good as the publisher.
///
///     models/<name>/           a model that can be loaded, with memcollab.json
///     models/.pull/<name>/     what an interrupted pull got so far
///     models/.pull/<name>.lock held by the process that pulls or imports it
@NullMarked
package dev.memcollab.jlama.catalogue;

import org.jspecify.annotations.NullMarked;
