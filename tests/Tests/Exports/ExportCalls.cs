using System.Text.Json;
using Marketing.Api;

namespace Marketing.Exports;

/// <summary>How clients make exports and fetch them.</summary>
internal static class ExportCalls
{
    extension(ProjectClient shop)
    {
        /// <summary>An export that is done, or has failed.</summary>
        public async Task<JsonElement> ExportedAsync(string body, string path = "/v1/exports")
        {
            var id = (await shop.PostAsync(path, body)).Ok().GetProperty("id").GetString();
            return await shop.UntilAsync($"/v1/exports/{id}", export => export.GetProperty("status").GetString() is "DONE" or "ERROR");
        }

        /// <summary>What is in an export.</summary>
        public async Task<string> ContentAsync(string body, string path = "/v1/exports") => (await FetchAsync(UrlOf(await shop.ExportedAsync(body, path)))).Text;

        public async Task<List<Dictionary<string, string>>> RowsAsync(string exportedObject, string parameters = "{}") =>
            CsvText.Rows(await shop.ContentAsync($$"""{"exported_object":"{{exportedObject}}","parameters":{{parameters}}}"""));
    }

    public static string UrlOf(JsonElement export) => export.GetProperty("result").GetProperty("url").GetString()!;

    /// <summary>Follows a link as anybody can, without a key.</summary>
    public static async Task<Answer> FetchAsync(string url, string method = "GET")
    {
        var address = new Uri(url);
        using var anybody = new ApiClient(new Uri(address.GetLeftPart(UriPartial.Authority)));
        return await anybody.SendAsync(method, address.PathAndQuery);
    }
}
