package dev.memcollab.model;

import java.util.List;

/// What a model is given: the turns of a chat and the beginning of its own next turn.
///
/// End `answerPrefix` before a blank, not after it: a tokenizer joins the blank to the word that
/// follows, so a prefix that ends in one makes the model start with a token it never saw there
/// (token healing).
public record Prompt(List<Message> messages, String answerPrefix) {
    public Prompt {
        if (messages.isEmpty()) {
            throw new IllegalArgumentException("messages must not be empty");
        }
        messages = List.copyOf(messages);
    }

    public static Prompt of(String system, String user) {
        return new Prompt(List.of(Message.system(system), Message.user(user)), "");
    }

    public Prompt answering(String prefix) {
        return new Prompt(messages, prefix);
    }

    /// One turn of a chat.
    public record Message(Role role, String text) {
        public static Message system(String text) {
            return new Message(Role.SYSTEM, text);
        }

        public static Message user(String text) {
            return new Message(Role.USER, text);
        }

        public static Message assistant(String text) {
            return new Message(Role.ASSISTANT, text);
        }
    }

    public enum Role {
        SYSTEM, USER, ASSISTANT
    }
}
