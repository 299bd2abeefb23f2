using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Marketing.Testing;
using Xunit;

namespace Marketing.Hosting;

/// <summary>Real processes that cannot start say why in one line, and end with 1.</summary>
public sealed class StartFailureTests
{
    private const string Api = "Distributions.Api.dll";
    private const string Silo = "Distributions.Silo.dll";
    private const string Database = "--ConnectionStrings:Postgres=Host=127.0.0.1;Port=1;Username=u;Password=hunter2;Database=d";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Theory]
    [InlineData(Api, "Distributions:ManualDelay is 'soon'", "--Distributions:ManualDelay=soon")]
    [InlineData(Api, "Distributions:Lanes must be between 1 and 64.", "--Distributions:Lanes=999")]
    [InlineData(Api, "Distributions:Webhooks:Retries are times since the first attempt and must rise.", "--Distributions:Webhooks:Retries:0=00:02:00", "--Distributions:Webhooks:Retries:1=00:01:00")]
    [InlineData(Api, "Distributions:Email:Port must be between 1 and 65535.", "--Distributions:Email:Port=0")]
    [InlineData(Api, "Distributions:RateLimits:PerMinute must be between 0 and 100000000.", "--Distributions:RateLimits:PerMinute=-1")]
    [InlineData(Api, "Distributions:Metrics:Port is '0'", "--Distributions:Metrics:Port=0")]
    [InlineData(Api, "urls has 'soon'", "--urls=soon")]
    [InlineData(Api, "Choose another directory", "--Distributions:DataDirectory=/dev/null/x")]
    [InlineData(Silo, "needs PostgreSQL")]
    [InlineData(Silo, "Distributions:ManualDelay is 'soon'", Database, "--Distributions:ManualDelay=soon")]
    [InlineData(Silo, "Distributions:Lanes must be between 1 and 64.", Database, "--Distributions:Lanes=999")]
    [InlineData(Silo, "Distributions:Silo:Host is 'no.such.host.invalid'", Database, "--Distributions:Silo:Host=no.such.host.invalid")]
    [InlineData(Silo, "ConnectionStrings:Postgres cannot be read", "--ConnectionStrings:Postgres=Pasword=hunter2")]
    public async Task A_setting_that_cannot_be_right_is_one_line(string program, string reason, params string[] arguments)
    {
        var data = Directory.CreateTempSubdirectory("start-");
        try
        {
            var (code, lines) = await RunAsync(program, [$"--Distributions:DataDirectory={data.FullName}", "--urls=http://127.0.0.1:0", .. arguments]);
            Assert.Contains(reason, Assert.Single(lines), StringComparison.Ordinal);
            Assert.DoesNotContain("hunter2", lines[0], StringComparison.Ordinal);
            Assert.Equal(1, code);
        }
        finally
        {
            data.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task A_port_in_use_is_one_line()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0) { ExclusiveAddressUse = true };
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture);
        await FailsAsync(Api, $"127.0.0.1:{port}: address already in use. Choose another one: --urls=", $"--urls=http://127.0.0.1:{port}");

        // Where errors go: with nobody to read what the process says otherwise it is the same line.
        var (code, lines) = await RunAsync(Api, [$"--urls=http://127.0.0.1:{port}"], readsOutput: false);
        Assert.Contains("address already in use", Assert.Single(lines), StringComparison.Ordinal);
        Assert.Equal(1, code);
        await FailsAsync(Api, $"Port {port} is in use. Choose another one by Distributions:Silo:Port", "--urls=http://127.0.0.1:0", $"--Distributions:Silo:Port={port}");
        await FailsAsync(Silo, $"127.0.0.1:{port}: address already in use. Choose another one: --Distributions:Silo:Urls=", Database, $"--Distributions:Silo:Urls=http://127.0.0.1:{port}");
        await FailsAsync(Silo, $"Port {port} is in use. Choose another one by Distributions:Silo:GatewayPort", Database, $"--Distributions:Silo:GatewayPort={port}");
    }

    [Fact]
    public async Task A_directory_in_use_is_one_line()
    {
        await using var first = new EngineProcess();
        await first.StartAsync();
        var (code, lines) = await RunAsync(Api, [$"--Distributions:DataDirectory={first.Directory}", "--urls=http://127.0.0.1:0"]);
        Assert.Equal(1, code);
        Assert.Contains($"Another process works on {first.Directory}", lines[^1], StringComparison.Ordinal);
        Assert.Contains("--Distributions:DataDirectory=other", lines[^1], StringComparison.Ordinal);
        Assert.DoesNotContain(lines, IsTrace);
    }

    [Fact]
    public async Task A_misspelt_key_is_told_and_keeps_nobody_from_starting()
    {
        await using var engine = new EngineProcess(new Dictionary<string, string> { ["Distributions:Lane"] = "8", ["Distributions:Email:Passwort"] = "hunter2" });
        await engine.StartAsync();
        Assert.Contains("Nothing reads the setting Distributions:Lane; did you mean Distributions:Lanes?", engine.Output, StringComparison.Ordinal);
        Assert.Contains("Nothing reads the setting Distributions:Email:Passwort; did you mean Distributions:Email:Password?", engine.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", engine.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_defect_keeps_its_trace() => Assert.Null(StartFailure.Explain(new AggregateException(new IOException("full"), new InvalidOperationException("defect"))));

    private static async Task FailsAsync(string program, string reason, params string[] arguments)
    {
        var data = Directory.CreateTempSubdirectory("start-");
        try
        {
            var (code, lines) = await RunAsync(program, [$"--Distributions:DataDirectory={data.FullName}", .. arguments]);
            Assert.Contains(reason, Assert.Single(lines), StringComparison.Ordinal);
            Assert.Equal(1, code);
        }
        finally
        {
            data.Delete(recursive: true);
        }
    }

    private static bool IsTrace(string line) => line.StartsWith("   at ", StringComparison.Ordinal) || line.Contains("Exception", StringComparison.Ordinal);

    private static async Task<(int Code, IReadOnlyList<string> Lines)> RunAsync(string program, string[] arguments, bool readsOutput = true)
    {
        var output = new ProcessOutput(kept: 1_000);
        string[] command = ["dotnet", Path.Combine(AppContext.BaseDirectory, program), .. arguments];
        var process = new ChildProcess(TiedCommand.Of(readsOutput ? command : ["bash", "-c", "exec \"$@\" >/dev/null", "bash", .. command]), output);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(Patience);
        try
        {
            var code = await process.ExitedAsync(patience.Token);

            // The last line is the runner's own: how it ended.
            return (code, [.. output.Lines.Select(line => line.Text).SkipLast(1)]);
        }
        finally
        {
            process.Signal("KILL");
        }
    }
}
