/// From text to token ids and back, with the ids that llama.cpp gives.
///
/// [ByteLevelTokenizer][dev.memcollab.jlama.tokenizer.ByteLevelTokenizer] is a byte-level BPE: a text is cut into
/// pieces (`Pretokenizer`), each piece's UTF-8 bytes are merged in the order the vocabulary was learnt
/// in (`PieceMerger`). [ChatTemplate][dev.memcollab.jlama.tokenizer.ChatTemplate] turns a prompt into ids by the
/// model's own template and lets no message forge a role tag.
/// [StreamingText][dev.memcollab.jlama.tokenizer.StreamingText] makes text of tokens as they come.
///
/// Jlama's own tokenizer maps code points where the vocabulary has bytes, so it loses what is not
/// ASCII.
@NullMarked
package dev.memcollab.jlama.tokenizer;

import org.jspecify.annotations.NullMarked;
