namespace Marketing.Storage;

[GenerateSerializer, Alias("test.notebook-state")]
internal sealed class NotebookState
{
    [Id(0)] public string? Text { get; set; }
    [Id(1)] public string? Nothing { get; set; }
}
