package dev.memcollab.jlama.gguf;

import dev.memcollab.jlama.gguf.Hyperparameters.Shape;
import dev.memcollab.model.ModelFailedException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// The model architectures that can be imported.
enum Architecture {
    LLAMA("LlamaForCausalLM"), QWEN2("Qwen2ForCausalLM");

    private final String className;

    Architecture(String className) {
        this.className = className;
    }

    static Architecture of(Metadata metadata) {
        var name = metadata.text("general.architecture");
        return Arrays.stream(values()).filter(known -> known.ggufName().equals(name)).findFirst()
                .orElseThrow(() -> new ModelFailedException(
                        "%s: unknown architecture %s; known are %s".formatted(metadata.file(), name,
                                Arrays.stream(values()).map(Architecture::ggufName).toList())));
    }

    String ggufName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// The class that Hugging Face's configuration names.
    String className() {
        return className;
    }

    /// The tensors of such a model, in the order of the way through it but for the last: it is a small
    /// one, since of one that ends where the file does, a copy is loaded.
    List<Slot> slots(Hyperparameters model, boolean ownHead) {
        var shape = model.shape();
        var slots = new ArrayList<Slot>();
        slots.add(Slot.matrix("token_embd.weight", "model.embed_tokens.weight", model.vocabulary(),
                shape.hidden()));
        for (int layer = 0; layer < shape.layers(); layer++) {
            addLayer(slots, "blk.%d.".formatted(layer), "model.layers.%d.".formatted(layer), shape);
        }
        if (ownHead) {
            slots.add(Slot.matrix("output.weight", "lm_head.weight", model.vocabulary(),
                    shape.hidden()));
        }
        slots.add(Slot.vector("output_norm.weight", "model.norm.weight", shape.hidden()));
        return slots;
    }

    private void addLayer(List<Slot> slots, String from, String to, Shape shape) {
        int hidden = shape.hidden();
        int wide = shape.feedForward();
        int keys = shape.keyWidth();
        slots.add(Slot.vector(from + "attn_norm.weight", to + "input_layernorm.weight", hidden));
        addProjection(slots, from + "attn_q", to + "self_attn.q_proj", hidden, hidden,
                shape.heads());
        addProjection(slots, from + "attn_k", to + "self_attn.k_proj", keys, hidden,
                shape.keyHeads());
        addProjection(slots, from + "attn_v", to + "self_attn.v_proj", keys, hidden, 0);
        slots.add(Slot.matrix(from + "attn_output.weight", to + "self_attn.o_proj.weight", hidden,
                hidden));
        slots.add(Slot.vector(from + "ffn_norm.weight", to + "post_attention_layernorm.weight",
                hidden));
        slots.add(Slot.matrix(from + "ffn_gate.weight", to + "mlp.gate_proj.weight", wide, hidden));
        slots.add(Slot.matrix(from + "ffn_up.weight", to + "mlp.up_proj.weight", wide, hidden));
        slots.add(Slot.matrix(from + "ffn_down.weight", to + "mlp.down_proj.weight", hidden, wide));
    }

    private void addProjection(List<Slot> slots, String from, String to, int rows, int columns,
            int rotatedHeads) {
        switch (this) {
            case LLAMA -> slots.add(new Slot(from + ".weight", to + ".weight",
                    List.of(rows, columns), rotatedHeads));
            case QWEN2 -> {
                slots.add(Slot.matrix(from + ".weight", to + ".weight", rows, columns));
                slots.add(Slot.vector(from + ".bias", to + ".bias", rows));
            }
        }
    }

    /// A tensor that a model has: its name in the GGUF file, its name at Hugging Face, its shape.
    ///
    /// @param interleavedHeads heads whose rows GGUF keeps interleaved; 0 where rows are in order
    record Slot(String from, String to, List<Integer> shape, int interleavedHeads) {
        static Slot matrix(String from, String to, int rows, int columns) {
            return new Slot(from, to, List.of(rows, columns), 0);
        }

        static Slot vector(String from, String to, int length) {
            return new Slot(from, to, List.of(length), 0);
        }

        /// The row of the GGUF tensor that becomes this row.
        ///
        /// The rotary embedding of llama.cpp pairs neighbours (2j, 2j + 1) of a head, Hugging
        /// Face's pairs j with j + half; llama GGUFs have their q and k rows permuted for the first.
        int sourceRow(int row) {
            if (interleavedHeads == 0) {
                return row;
            }
            int headSize = shape.getFirst() / interleavedHeads;
            int half = headSize / 2;
            int inHead = row % headSize;
            return row - inHead + 2 * (inHead % half) + inHead / half;
        }
    }
}
