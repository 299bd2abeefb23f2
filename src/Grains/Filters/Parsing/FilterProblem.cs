namespace Marketing.Filters;

/// <summary>One thing that is wrong with a filter.</summary>
/// <param name="Path">The place, like <c>metadata.age.conditions.$more_than[0]</c>; empty when the whole text is meant.</param>
/// <param name="Message">What is wrong there and what would be right, in words for the author of the filter.</param>
internal sealed record FilterProblem(string Path, string Message);
