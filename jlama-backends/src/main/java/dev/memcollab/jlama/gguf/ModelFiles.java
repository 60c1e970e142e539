package dev.memcollab.jlama.gguf;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.OutputStream;

/// The small files of a model directory, in Hugging Face's form.
///
/// @param contextTokens the longest context to make room for
record ModelFiles(Metadata metadata, Architecture architecture, Hyperparameters model,
        Vocabulary vocabulary, Pretokenizer pretokenizer, boolean ownHead, int contextTokens) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /// Writes `config.json`.
    void writeConfig(OutputStream out) throws IOException {
        var shape = model.shape();
        try (var json = generator(out)) {
            json.useDefaultPrettyPrinter().writeStartObject();
            json.writeArrayFieldStart("architectures");
            json.writeString(architecture.className());
            json.writeEndArray();
            json.writeStringField("model_type", architecture.ggufName());
            json.writeNumberField("hidden_size", shape.hidden());
            json.writeNumberField("intermediate_size", shape.feedForward());
            json.writeNumberField("num_attention_heads", shape.heads());
            json.writeNumberField("num_key_value_heads", shape.keyHeads());
            json.writeNumberField("num_hidden_layers", shape.layers());
            json.writeNumberField("rms_norm_eps", model.epsilon());
            json.writeNumberField("vocab_size", model.vocabulary());
            json.writeNumberField("bos_token_id", vocabulary.bos());
            json.writeNumberField("eos_token_id", vocabulary.eos());
            json.writeStringField("hidden_act", "silu");
            json.writeNumberField("max_position_embeddings", contextTokens);
            json.writeNumberField("rope_theta", model.ropeBase());
            json.writeBooleanField("tie_word_embeddings", !ownHead);
            json.writeStringField("torch_dtype", "float32");
            json.writeEndObject();
        }
    }

    /// Writes `tokenizer.json`, token by token: as a tree it would be the largest thing in memory.
    void writeTokenizer(OutputStream out) throws IOException {
        try (var json = generator(out)) {
            json.writeStartObject();
            json.writeStringField("version", "1.0");
            json.writeNullField("truncation");
            json.writeNullField("padding");
            writeAddedTokens(json);
            json.writeObjectField("normalizer", pretokenizer.normalizer());
            json.writeObjectFieldStart("pre_tokenizer");
            json.writeStringField("type", "Sequence");
            json.writeObjectField("pretokenizers", pretokenizer.splits());
            json.writeEndObject();
            json.writeNullField("post_processor");
            json.writeObjectFieldStart("decoder");
            json.writeStringField("type", "ByteLevel");
            json.writeBooleanField("add_prefix_space", false);
            json.writeBooleanField("trim_offsets", false);
            json.writeBooleanField("use_regex", false);
            json.writeEndObject();
            writeBpe(json);
            json.writeEndObject();
        }
    }

    private void writeAddedTokens(JsonGenerator json) throws IOException {
        json.writeArrayFieldStart("added_tokens");
        for (int id = 0; id < vocabulary.tokens().size(); id++) {
            if (vocabulary.isAdded(id)) {
                json.writeStartObject();
                json.writeNumberField("id", id);
                json.writeStringField("content", vocabulary.tokens().get(id));
                json.writeBooleanField("single_word", false);
                json.writeBooleanField("lstrip", false);
                json.writeBooleanField("rstrip", false);
                json.writeBooleanField("normalized", false);
                json.writeBooleanField("special", vocabulary.isControl(id));
                json.writeEndObject();
            }
        }
        json.writeEndArray();
    }

    private void writeBpe(JsonGenerator json) throws IOException {
        json.writeObjectFieldStart("model");
        json.writeStringField("type", "BPE");
        json.writeNullField("dropout");
        json.writeNullField("unk_token");
        json.writeStringField("continuing_subword_prefix", "");
        json.writeStringField("end_of_word_suffix", "");
        json.writeBooleanField("fuse_unk", false);
        json.writeBooleanField("byte_fallback", false);
        json.writeBooleanField("ignore_merges", pretokenizer.ignoreMerges());
        json.writeObjectFieldStart("vocab");
        for (int id = 0; id < vocabulary.tokens().size(); id++) {
            if (!vocabulary.isAdded(id)) {
                json.writeNumberField(vocabulary.tokens().get(id), id);
            }
        }
        json.writeEndObject();
        json.writeArrayFieldStart("merges");
        for (var merge : vocabulary.merges()) {
            json.writeString(merge);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    /// Writes `tokenizer_config.json`.
    void writeTokenizerConfig(OutputStream out) throws IOException {
        try (var json = generator(out)) {
            json.useDefaultPrettyPrinter().writeStartObject();
            var template = metadata.findText("tokenizer.chat_template");
            if (template.isPresent()) {
                json.writeStringField("chat_template", template.get());
            }
            json.writeStringField("eos_token", vocabulary.tokens().get(vocabulary.eos()));
            json.writeStringField("bos_token", vocabulary.tokens().get(vocabulary.bos()));
            json.writeStringField("tokenizer_class", switch (architecture) {
                case LLAMA -> "GPT2Tokenizer";
                case QWEN2 -> "Qwen2Tokenizer";
            });
            json.writeNumberField("model_max_length", model.context());
            json.writeEndObject();
        }
    }

    private static JsonGenerator generator(OutputStream out) throws IOException {
        return JSON.createGenerator(out, JsonEncoding.UTF8)
                .disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
    }
}
