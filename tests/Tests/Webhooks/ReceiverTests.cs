using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Xunit;

namespace Marketing.Webhooks;

/// <summary>What docs/webhooks.md tells receivers to do finds out what is genuine and what is not.</summary>
public sealed partial class ReceiverTests
{
    private const long Now = 1_900_000_000;

    private static readonly string Secret = WebhookSecret.New(default, "v-1").Text;
    private static readonly string Former = WebhookSecret.New(default, "v-2").Text;
    private static readonly string Document = File.ReadAllText(Repository.File("docs/webhooks.md"));

    // Name, body, timestamp, signatures, whether it is genuine.
    private static readonly (string Name, string Body, long At, string Signatures, bool IsGenuine)[] Cases =
    [
        ("as it was sent", """{"name":"Zoë"}""", Now, Signed("""{"name":"Zoë"}""", Now, Secret), true),
        ("while a secret takes the place of another", "{}", Now, Signed("{}", Now, Former, Secret), true),
        ("four minutes late", "{}", Now - 240, Signed("{}", Now - 240, Secret), true),
        ("played back", "{}", Now - 301, Signed("{}", Now - 301, Secret), false),
        ("with a space more", "{ }", Now, Signed("{}", Now, Secret), false),
        ("with another time", "{}", Now + 1, Signed("{}", Now, Secret), false),
        ("with another secret", "{}", Now, Signed("{}", Now, Former), false),
        ("with a version nobody knows", "{}", Now, Signed("{}", Now, Secret).Replace("v1,", "v9,", StringComparison.Ordinal), false),
    ];

    [Fact]
    public void In_csharp()
    {
        Assert.All(Cases, one => Assert.Equal(
            one.IsGenuine, Receiver.IsGenuine("whs_1", Text(one.At), one.Signatures, Encoding.UTF8.GetBytes(one.Body), Secret, Now)));
        var source = Marked().Match(File.ReadAllText(Repository.File("tests/Tests/Webhooks/Receiver.cs"))).Groups[1].Value;
        Assert.Contains(string.Join('\n', source.TrimEnd().Split('\n').Select(line => line.Length > 4 ? line[4..] : line)), Document, StringComparison.Ordinal);
    }

    [Fact]
    public async Task In_node()
    {
        var directory = Directory.CreateTempSubdirectory("receiver-");
        try
        {
            var code = NodeBlock().Matches(Document).Select(match => match.Groups[1].Value).Single(block => block.Contains("export function isGenuine", StringComparison.Ordinal));
            await File.WriteAllTextAsync(Path.Combine(directory.FullName, "receiver.mjs"), code, TestContext.Current.CancellationToken);
            var cases = JsonSerializer.Serialize(Cases.Select(one => new
            {
                body = one.Body,
                headers = new Dictionary<string, string> { ["webhook-id"] = "whs_1", ["webhook-timestamp"] = Text(one.At), ["webhook-signature"] = one.Signatures },
            }));
            await File.WriteAllTextAsync(
                Path.Combine(directory.FullName, "cases.mjs"),
                $"import {{ isGenuine }} from './receiver.mjs';\nconst cases = {cases};\nconsole.log(cases.map((one) => isGenuine(one.headers, Buffer.from(one.body), '{Secret}', {Now})).join(' '));\n",
                TestContext.Current.CancellationToken);
            using var node = Start(directory);
            if (node is null)
            {
                Assert.Skip("There is no node on this machine.");
            }

            var said = await node.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
            await node.WaitForExitAsync(TestContext.Current.CancellationToken);
            Assert.Equal(string.Join(' ', Cases.Select(one => one.IsGenuine ? "true" : "false")), said.Trim());
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    private static Process? Start(DirectoryInfo directory)
    {
        try
        {
            return Process.Start(new ProcessStartInfo("node", "cases.mjs") { WorkingDirectory = directory.FullName, RedirectStandardOutput = true });
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }

    private static string Signed(string body, long at, params string[] secrets) => SendoutSignature.Of(secrets, "whs_1", Text(at), Encoding.UTF8.GetBytes(body));

    private static string Text(long seconds) => seconds.ToString(CultureInfo.InvariantCulture);

    [GeneratedRegex(@"// docs: begin\n(.*?)    // docs: end", RegexOptions.Singleline)]
    private static partial Regex Marked();

    [GeneratedRegex(@"```js\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex NodeBlock();
}
