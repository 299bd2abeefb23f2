using System.Text.Json.Nodes;
using Marketing.Hosting;

namespace Marketing.Demo;

/// <summary>The server-side key of the first project: as configured, else as saved when it was generated.</summary>
internal sealed record DemoKeys(string AppId, string AppToken)
{
    public static async Task<DemoKeys> FindAsync(IConfiguration configuration, CancellationToken cancellation)
    {
        if (configuration["Distributions:Bootstrap:AppId"] is { Length: > 0 } id && configuration["Distributions:Bootstrap:AppToken"] is { Length: > 0 } token)
        {
            return new DemoKeys(id, token);
        }

        var file = FirstProject.KeyFileIn(configuration);
        if (!File.Exists(file))
        {
            throw new DemoFailedException($"{file} is missing; give the key of the project as Distributions:Bootstrap:AppId and :AppToken.");
        }

        var server = JsonNode.Parse(await File.ReadAllBytesAsync(file, cancellation))!["server"]!;
        return new DemoKeys(server["app_id"]!.GetValue<string>(), server["app_token"]!.GetValue<string>());
    }
}
