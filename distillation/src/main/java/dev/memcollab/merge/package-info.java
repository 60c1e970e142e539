/// Whether two constraints say the same: what is near in words is as often the opposite.
///
/// [SlotNearness][dev.memcollab.merge.SlotNearness] tells which are worth asking about,
/// [Judge][dev.memcollab.merge.Judge] what a model says of them.
@NullMarked
package dev.memcollab.merge;

import org.jspecify.annotations.NullMarked;
