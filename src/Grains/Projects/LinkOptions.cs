namespace Marketing.Projects;

/// <summary>Links in messages. Section <c>Distributions</c>.</summary>
internal sealed class LinkOptions
{
    public const string Section = "Distributions";

    /// <summary>Base of the links, for example <c>https://shop.example</c>; the host sets it from <c>--urls</c> when absent.</summary>
    public string? PublicUrl { get; set; }
}
