namespace Marketing.Hosting;

/// <summary>Where the API listens.</summary>
public static class ApiAddress
{
    /// <summary>Unless something else is configured.</summary>
    public const string Default = "http://127.0.0.1:8080";
}
