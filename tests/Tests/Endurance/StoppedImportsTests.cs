using System.Globalization;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Marketing.Testing;
using Xunit;

namespace Marketing.Endurance;

/// <summary>The process is asked to end while many files are being imported.</summary>
public sealed class StoppedImportsTests
{
    private const int Files = 50;
    private const int Rows = 500;

    private static readonly TimeSpan InTime = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task A_process_that_is_stopped_while_it_imports_ends_in_time_and_goes_on_after_its_restart()
    {
        await using var engine = new EngineProcess();
        await engine.StartAsync();
        var jobs = await Task.WhenAll(Enumerable.Range(0, Files).Select(file => UploadAsync(engine, file)));

        // In the midst of it: one is done, and most are not.
        await engine.Shop.UntilAsync("/v1/async-actions", list => Statuses(list).Contains("DONE"), TimeSpan.FromMinutes(1));
        var ending = await engine.StopAsync();
        await engine.StartAsync();

        foreach (var job in jobs)
        {
            var done = await engine.Shop.UntilAsync($"/v1/async-actions/{job}", action => Status(action) == "DONE", TimeSpan.FromMinutes(2));
            Assert.Equal(Rows, done.GetProperty("result").GetProperty("done_count").GetInt32());
        }

        Assert.Equal(Files * Rows, (await engine.Shop.GetAsync("/v1/customers?limit=1")).GetProperty("total").GetInt32());
        Assert.Equal(0, ending.Code);
        Assert.InRange(ending.Took, TimeSpan.Zero, InTime);
    }

    private static IEnumerable<string> Statuses(JsonElement list) => list.GetProperty("async_actions").EnumerateArray().Select(Status);

    private static string Status(JsonElement action) => action.GetProperty("status").GetString()!;

    private static async Task<string> UploadAsync(EngineProcess engine, int file)
    {
        var text = new StringBuilder("Source_id,Name\n");
        for (var row = 0; row < Rows; row++)
        {
            text.Append(CultureInfo.InvariantCulture, $"f{file}-{row},Customer {row}\n");
        }

        using var form = new MultipartFormDataContent { { new ByteArrayContent(Encoding.UTF8.GetBytes(text.ToString())), "file", "customers.csv" } };
        using var response = await engine.Http.PostAsync("/v1/customers/importCSV", form, TestContext.Current.CancellationToken);
        response.EnsureSuccessStatusCode();
        return (await response.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken)).GetProperty("async_action_id").GetString()!;
    }
}
