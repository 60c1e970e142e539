/// From runs to candidates: which two runs are compared, and what the strong model says of them.
///
/// | paper (arXiv 2603.23234, Algorithm 1) | here |
/// |---|---|
/// | preferred τ+, unpreferred τ− | [Contrast][dev.memcollab.contrast.Contrast]: two [Run][dev.memcollab.contrast.Run]s of one task |
/// | choice of τ+ by I(τw) | [Pairing][dev.memcollab.contrast.Pairing] for recorded runs, [LocalPair][dev.memcollab.contrast.LocalPair] for the two models; both wrong gives none |
/// | the strong model's comparison | [Contraster][dev.memcollab.contrast.Contraster]: diagnosis, then statement |
/// | at most K constraints | `MOST_KEPT` of `distill.CandidateSearch` |
@NullMarked
package dev.memcollab.contrast;

import org.jspecify.annotations.NullMarked;
