using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Xunit;

namespace Marketing.Channels.Email;

/// <summary>Programs of others that read what the engine writes: npm mjml, mailparser. They are installed by <c>npm ci</c> in <c>tests/MailTools</c>.</summary>
internal static class MailTools
{
    public static async Task<JsonElement> RunAsync(string mode, string input)
    {
        var folder = Repository.File("tests/MailTools");
        if (!Directory.Exists(Path.Combine(folder, "node_modules")))
        {
            Assert.False(Environment.GetEnvironmentVariable("CI") == "true", "npm ci --ignore-scripts was not run in tests/MailTools.");
            Assert.Skip("npm ci --ignore-scripts was not run in tests/MailTools.");
        }

        var start = new ProcessStartInfo("node", [Path.Combine(folder, "mail.mjs"), mode])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardInputEncoding = new UTF8Encoding(false),
            StandardOutputEncoding = Encoding.UTF8,
        };
        using var node = Process.Start(start)!;
        var cancellation = TestContext.Current.CancellationToken;
        var (output, errors) = (node.StandardOutput.ReadToEndAsync(cancellation), node.StandardError.ReadToEndAsync(cancellation));
        await node.StandardInput.WriteAsync(input);
        node.StandardInput.Close();
        await node.WaitForExitAsync(cancellation);
        Assert.True(node.ExitCode == 0, $"node: {await errors}");
        return JsonElement.Parse(await output);
    }
}
