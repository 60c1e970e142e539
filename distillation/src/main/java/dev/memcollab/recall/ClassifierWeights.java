package dev.memcollab.recall;

/// How words and meaning are added up to the log-odds of a category.
///
/// @param ofMeaning factor of what [MeaningModel] says
/// @param ofWords factor of what [WordModel] says beside it
/// @param ofWordsAlone factor of what [WordModel] says where there is no meaning
public record ClassifierWeights(double ofMeaning, double ofWords, double ofWordsAlone) {
    /// Fitted on the tasks of the split `dev` by `memcollab bench recall --fit`.
    public static final ClassifierWeights FITTED = new ClassifierWeights(10, 0.4, 0.55);
}
