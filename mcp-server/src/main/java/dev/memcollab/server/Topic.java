package dev.memcollab.server;

/// Where in the memory something belongs.
///
/// @param subcategory blank if there is none
public record Topic(String category, String subcategory) {
    public Topic {
        Required.text("category", category);
    }
}
