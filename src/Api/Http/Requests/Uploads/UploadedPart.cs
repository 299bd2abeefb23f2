namespace Marketing.Http;

/// <summary>
/// The file an endpoint takes as a part of a form; endpoint metadata for the OpenAPI document. Not the framework's own: that would have routing refuse other
/// content types before anybody can say what is expected.
/// </summary>
/// <param name="Part">Name of the part.</param>
/// <param name="Description">What it holds.</param>
internal sealed record UploadedPart(string Part, string Description);
