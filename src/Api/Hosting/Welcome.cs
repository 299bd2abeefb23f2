namespace Marketing.Hosting;

/// <summary>
/// What somebody who just started the process wants to know. On the console and not in the log: it is for the person in front of it.
/// </summary>
internal static class Welcome
{
    /// <summary>The demo tells its own story.</summary>
    public const string DemoKey = "Distributions:Demo";

    public static bool IsTurnedOff(IConfiguration configuration) => configuration.GetValue(DemoKey, false);

    private const string FirstCustomer = """'{"source_id":"ada","name":"Ada Lovelace","email":"ada@example.com"}'""";

    /// <param name="address">Where the API listens.</param>
    /// <param name="dataDirectory">Null in a cluster.</param>
    public static void PrintWhere(Uri address, string? dataDirectory) => Console.WriteLine(
        $"Listening on {Text(address)}, manager on {Text(address)}/ui/, API pages on {Text(address)}/docs, data in {dataDirectory ?? "PostgreSQL"}. Ctrl+C stops.");

    public static void PrintKeys(string appId, string appToken, string file) => Console.WriteLine(
        $"""

        This is the first start. The keys of the project, shown only now and kept in {file}:
          X-App-Id:    {appId}
          X-App-Token: {appToken}
        """);

    /// <summary>Behind the hash, which browsers do not send: the code gets into no log on the way.</summary>
    public static void PrintSignIn(Uri address, string code) => Console.WriteLine(
        $"""

        To sign in to the manager in a browser, once, within an hour:
          {Text(address)}/ui/#code={code}
        Later, sign in there with the keys.
        """);

    /// <summary>A request to paste.</summary>
    public static void PrintFirstStep(Uri address, string appId, string appToken) => Console.WriteLine(
        $"""

        Next, create a customer:
          curl -s {Text(address)}/v1/customers -H 'Content-Type: application/json' \
            -H 'X-App-Id: {appId}' -H 'X-App-Token: {appToken}' \
            -d {FirstCustomer}
        README.md goes on from there; --demo shows it all with sample data.
        """);

    /// <summary>What to do after the demo.</summary>
    public static void PrintNext(Uri address, string appId, string appToken, string path) => Console.WriteLine(
        $"""
        The API keeps running. Its pages are on {Text(address)}/docs; the keys of the project:
          X-App-Id:    {appId}
          X-App-Token: {appToken}
        Next, for example:
          curl -s '{Text(address)}{path}' -H 'X-App-Id: {appId}' -H 'X-App-Token: {appToken}'
        Ctrl+C stops.
        """);

    private static string Text(Uri address) => address.GetLeftPart(UriPartial.Authority);
}
