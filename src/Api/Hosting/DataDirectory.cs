namespace Marketing.Hosting;

/// <summary>Where the embedded databases, the outbox and generated keys are.</summary>
internal static class DataDirectory
{
    public static string Of(IConfiguration configuration) => Path.GetFullPath(configuration[EmbeddedSilo.DataDirectoryKey] ?? "data");
}
