package dev.memcollab.jlama.tokenizer;

import com.hubspot.jinjava.Jinjava;
import com.hubspot.jinjava.JinjavaConfig;
import com.hubspot.jinjava.LegacyOverrides;
import com.hubspot.jinjava.interpret.Context;
import com.hubspot.jinjava.interpret.InterpretException;
import com.hubspot.jinjava.interpret.JinjavaInterpreter;
import com.hubspot.jinjava.interpret.TemplateError;
import com.hubspot.jinjava.lib.exptest.ExpTest;
import com.hubspot.jinjava.lib.filter.Filter;
import com.hubspot.jinjava.lib.fn.ELFunctionDefinition;
import dev.memcollab.model.ModelFailedException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A Jinja template, rendered the way Hugging Face's `apply_chat_template` does it.
final class JinjaTemplate {
    private static final Jinjava JINJA = jinja();

    private final String source;

    JinjaTemplate(String source) {
        this.source = source;
    }

    private static Jinjava jinja() {
        var jinja = new Jinjava(JinjavaConfig.newBuilder()
                .withTrimBlocks(true)
                .withLstripBlocks(true)
                // What a variable holds is never a template itself.
                .withNestedInterpretationEnabled(false)
                .withLegacyOverrides(LegacyOverrides.newBuilder()
                        .withEvaluateMapKeys(true)
                        .withKeepNullableLoopValues(true)
                        .withParseWhitespaceControlStrictly(true)
                        .withUseNaturalOperatorPrecedence(true)
                        .withUseSnakeCasePropertyNaming(true)
                        .withUseTrimmingForNotesAndExpressions(true)
                        .build())
                .build());
        jinja.getGlobalContext().registerFunction(new ELFunctionDefinition("", "raise_exception",
                JinjaTemplate.class, "raiseException", String.class));
        return jinja;
    }

    /// What a template calls for a chat that its model can not have.
    public static String raiseException(String message) {
        throw new ModelFailedException(message);
    }

    /// The text that the template makes of the variables.
    ///
    /// @throws ModelFailedException with what the template or the renderer objects to
    String render(Map<String, Object> variables) {
        var interpreter = new JinjavaInterpreter(JINJA,
                new StrictContext(JINJA.getGlobalContextCopy(), variables),
                JINJA.getGlobalConfig());
        JinjavaInterpreter.pushCurrent(interpreter);
        try {
            String rendered = interpreter.render(source);
            for (TemplateError error : interpreter.getErrorsCopy()) {
                throw failure(error.getMessage(), error.getException());
            }
            return rendered;
        } catch (InterpretException e) {
            throw failure(e.getMessage(), e);
        } finally {
            JinjavaInterpreter.popCurrent();
        }
    }

    /// Says what was raised at the bottom: the renderer wraps even what the template itself raises.
    private static ModelFailedException failure(@Nullable String message,
            @Nullable Throwable cause) {
        String reason = String.valueOf(message);
        for (Throwable t = cause; t != null; t = t.getCause()) {
            if (t instanceof ModelFailedException) {
                reason = String.valueOf(t.getMessage());
            }
        }
        var failure = new ModelFailedException(
                "the model's chat template can not render this chat: " + reason);
        if (cause != null) {
            failure.initCause(cause);
        }
        return failure;
    }

    /// A context in which a filter or test that is not known is an error, not the empty text.
    private static final class StrictContext extends Context {
        StrictContext(Context global, Map<String, Object> variables) {
            super(global, variables);
        }

        @Override
        public Filter getFilter(String name) {
            return known("filter", name, super.getFilter(name));
        }

        @Override
        public ExpTest getExpTest(String name) {
            return known("test", name, super.getExpTest(name));
        }

        private static <T> T known(String kind, String name, @Nullable T found) {
            if (found == null) {
                throw new ModelFailedException("no %s is called %s".formatted(kind, name));
            }
            return found;
        }
    }
}
