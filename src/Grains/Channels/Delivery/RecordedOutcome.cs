using Marketing.Storage;

namespace Marketing.Channels;

/// <summary>What is written down about one message.</summary>
/// <param name="Move">Where its row goes.</param>
/// <param name="Suppression">The address that is not to be written to any more, if that is what became of it.</param>
internal readonly record struct RecordedOutcome(MessageMove Move, SuppressionWrite? Suppression);
