using System.Text;
using System.Text.Json;
using Marketing.Api;
using Xunit;

namespace Marketing.AsyncActions;

[Collection(ApiTests.Name)]
public sealed class AsyncActionApiTests(ApiHost api)
{
    private const string Documented = "id type status operation_status created_at request_id progress processing_time object";

    [Fact]
    public async Task A_csv_file_becomes_customers()
    {
        using var shop = await api.NewProjectAsync();
        var started = (await shop.UploadAsync("/v1/customers/importCSV", "Name,Email,Source_id,tier\nAnn,a@example.com,s-1,gold\n"u8.ToArray())).Ok(202);
        Shape.Is(started, "async_action_id");

        // Never anything that a client takes for the end.
        var action = await shop.UntilAsync(
            $"/v1/async-actions/{started.GetProperty("async_action_id").GetString()}", body => body.GetProperty("status").GetString() != "IN_PROGRESS");
        Shape.Has(action, $"{Documented} result");
        Assert.Equal(("CUSTOMERS.IMPORT_CSV", "DONE", "async_action"), (
            action.GetProperty("type").GetString(), action.GetProperty("status").GetString(), action.GetProperty("object").GetString()));
        Assert.Equal(
            """{"message":"1 customer(s) imported successfully, 0 failed.","failed":[],"done_count":1,"failed_count":0,"created_count":1,"updated_count":0,"unchanged_count":0,"warnings":[],"warnings_count":0}""",
            action.GetProperty("result").GetRawText());
        Assert.Equal("Ann", (await shop.GetAsync("/v1/customers/s-1"))["name"]);
    }

    [Fact]
    public async Task Bulk_updates_and_order_imports_end_as_jobs_and_are_listed()
    {
        using var shop = await api.NewProjectAsync();
        var update = (await shop.PostAsync("/v1/customers/bulk/async", """[{"source_id":"s-1","name":"Ann"}]""")).Ok(202);
        await FinishedAsync(shop, update);
        var metadata = (await shop.PostAsync("/v1/customers/metadata/async", """{"source_ids":["s-1"],"metadata":{"vip":true}}""")).Ok(202);
        await FinishedAsync(shop, metadata);
        var orders = (await shop.PostAsync("/v1/orders/import", """[{"source_id":"o-1","status":"PAID","amount":5,"customer":{"source_id":"s-1"}}]""")).Ok();
        await FinishedAsync(shop, orders);

        var customer = (await shop.GetAsync("/v1/customers/s-1")).Ok();
        Assert.Equal("""{"vip":true}""", customer.GetProperty("metadata").GetRawText());
        Assert.Equal(1, customer.GetProperty("summary").GetProperty("orders").GetProperty("total_count").GetInt32());

        var list = (await shop.GetAsync("/v1/async-actions?limit=2")).Ok();
        var actions = Shape.List(list, "async_actions", "has_more");
        Assert.Equal(["ORDERS.IMPORT", "CUSTOMERS.METADATA_UPDATE"], Shape.Texts(actions, "type"));
        Assert.True(list.GetProperty("has_more").GetBoolean());
        Assert.All(actions.EnumerateArray(), action => Shape.Has(action, Documented));
    }

    [Fact]
    public async Task A_row_of_a_bulk_update_treats_null_as_a_request_of_its_own_does()
    {
        using var shop = await api.NewProjectAsync();
        var update = (await shop.PostAsync(
            "/v1/customers/bulk/async", """[{"source_id":"ann","address":{"city":null,"country":"NO"},"metadata":{"test":null}},{"source_id":"bob","address":null,"metadata":null}]""")).Ok(202);
        Assert.Equal(0, (await FinishedAsync(shop, update)).GetProperty("result").GetProperty("failed_count").GetInt32());

        var ann = (await shop.GetAsync("/v1/customers/ann")).Ok();
        Assert.Equal("""{"city":null,"country":"NO"}""", ann.GetProperty("address").GetRawText());
        Assert.Equal("""{"test":null}""", ann.GetProperty("metadata").GetRawText());
        var bob = (await shop.GetAsync("/v1/customers/bob")).Ok();
        Assert.Equal(JsonValueKind.Null, bob.GetProperty("address").ValueKind);
        Assert.False(bob.TryGetProperty("metadata", out _));
    }

    [Theory]
    [InlineData("/v1/customers/bulk/async", """[{"source_id":"a"},{"name":"x"}]""", "Payload property '[1]' must have required property 'source_id'")]
    [InlineData("/v1/customers/bulk/async", """[{"source_id":"a","email":1}]""", "Payload property '[0].email' must be string")]
    [InlineData("/v1/customers/bulk/async", "{}", "Payload must be array")]
    [InlineData("/v1/customers/metadata/async", """{"metadata":{}}""", "Payload must have required property 'source_ids'")]
    [InlineData("/v1/orders/import", """[{"status":"SHIPPED"}]""", "Payload property '[0].status' must be equal to one of the allowed values: CREATED, PAID, CANCELED, FULFILLED")]
    public async Task A_wrong_row_is_named_before_anything_starts(string path, string body, string details)
    {
        using var shop = await api.NewProjectAsync();
        Assert.Equal(details, (await shop.PostAsync(path, body)).Error(400, "invalid_payload").GetProperty("details").GetString());
        Assert.Empty((await shop.GetAsync("/v1/async-actions")).Ok().GetProperty("async_actions").EnumerateArray());
    }

    [Fact]
    public async Task An_upload_without_the_file_is_refused()
    {
        using var shop = await api.NewProjectAsync();
        (await shop.UploadAsync("/v1/customers/importCSV", "a"u8.ToArray(), part: "other")).Error(400, "invalid_payload");
        (await shop.UploadAsync("/v1/customers/importCSV", [0xC3, 0x28])).Error(400, "invalid_payload");
        (await shop.UploadAsync("/v1/customers/importCSV", new byte[10 * 1024 * 1024 + 1])).Error(413, "payload_too_large");
        var json = (await shop.PostAsync("/v1/customers/importCSV", "{}")).Error(415, "unsupported_media_type");
        Assert.Equal("Expected multipart/form-data with the CSV file as its part 'file'", json.GetProperty("details").GetString());
        using var cut = new StringContent("--b\r\nContent-Disposition: form-data; name=\"file\"\r\n", Encoding.UTF8);
        cut.Headers.ContentType = new("multipart/form-data") { Parameters = { new("boundary", "b") } };
        (await shop.SendAsync("POST", "/v1/customers/importCSV", cut)).Error(400, "invalid_payload");
    }

    [Fact]
    public async Task Results_say_in_words_and_figures_what_became_of_the_rows()
    {
        using var shop = await api.NewProjectAsync();
        var orders = await FinishedAsync(shop, (await shop.PostAsync("/v1/orders/import", """[{"source_id":"o","customer":{"source_id":"a"}},{"source_id":"o","customer":{"source_id":"b"}}]""")).Ok());
        Assert.Equal(
            """{"message":"1 order(s) imported successfully, 1 failed.","failed":[{"source_id":"o","row":2,"reason":"customer: The customer of an order cannot be changed"}],"done_count":1,"failed_count":1}""",
            orders.GetProperty("result").GetRawText());

        var file = await FinishedAsync(shop, (await shop.UploadAsync("/v1/customers/importCSV", "Name,Email\nAnn,nobody\nBob,\n"u8.ToArray())).Ok(202));
        Assert.Equal("1 customer(s) imported successfully, 1 failed.", file.GetProperty("result").GetProperty("message").GetString());
        Assert.Equal("", file.GetProperty("result").GetProperty("failed")[0].GetProperty("source_id").GetString());

        var update = await FinishedAsync(shop, (await shop.PostAsync("/v1/customers/bulk/async", """[{"source_id":"s-1"}]""")).Ok(202));
        Assert.Equal(("DONE", "SUCCESS"), (update.GetProperty("status").GetString(), update.GetProperty("operation_status").GetString()));
        Shape.Is(update.GetProperty("result"), "failed done_count failed_count created_count updated_count unchanged_count reports errors");
    }

    [Theory]
    [InlineData("utf-8", "text/csv")]
    [InlineData("utf-8", "text/csv; charset=\"UTF-8\"")]
    [InlineData("utf-16", "text/csv")]
    [InlineData("utf-16BE", "text/csv; charset=utf-16")]
    [InlineData("utf-16", "text/csv; charset=utf-16le")]
    [InlineData("windows-1252", "text/csv; charset=windows-1252")]
    public async Task A_file_is_read_in_the_charset_it_comes_in(string encoding, string contentType)
    {
        using var shop = await api.NewProjectAsync();
        var sent = CodePagesEncodingProvider.Instance.GetEncoding(encoding) ?? Encoding.GetEncoding(encoding);
        byte[] file = [.. sent.Preamble, .. sent.GetBytes("Source_id;Name\r\nann;Zoë Müller €\r\n")];
        Assert.Equal("DONE", (await FinishedAsync(shop, (await UploadAsync(shop, file, contentType)).Ok(202))).GetProperty("status").GetString());
        Assert.Equal("Zoë Müller €", (await shop.GetAsync("/v1/customers/ann"))["name"]);
    }

    [Theory]
    [InlineData("text/csv", new byte[] { (byte)'a', (byte)'\n', 0xC3, 0x28, (byte)'\n' }, "line 2 is no UTF-8")]
    [InlineData("text/csv; charset=utf-16le", new byte[] { (byte)'\n', 0, (byte)'\n', 0, 0, 0xD8, (byte)'a', 0 }, "line 3 is not")]
    [InlineData("text/csv; charset=utf-8", new byte[] { (byte)'a', (byte)'\n', 0 }, "as line 2 does")]
    [InlineData("text/csv; charset=klingon", new byte[] { (byte)'a' }, "has a charset that is not known here")]
    [InlineData("text/csv; charset=utf-7", new byte[] { (byte)'a' }, "has a charset that is not known here")]
    public async Task What_is_no_text_is_named_by_its_line(string contentType, byte[] file, string details)
    {
        using var shop = await api.NewProjectAsync();
        Assert.EndsWith(details, (await UploadAsync(shop, file, contentType)).Error(400, "invalid_payload").GetProperty("details").GetString(), StringComparison.Ordinal);
    }

    private static Task<Answer> UploadAsync(ProjectClient shop, byte[] file, string contentType)
    {
        var part = new ByteArrayContent(file);
        part.Headers.ContentType = System.Net.Http.Headers.MediaTypeHeaderValue.Parse(contentType);
        return shop.SendAsync("POST", "/v1/customers/importCSV", new MultipartFormDataContent { { part, "file", "file.csv" } });
    }

    [Fact]
    public async Task More_orders_than_allowed_are_refused()
    {
        using var shop = await api.NewProjectAsync();
        (await shop.PostAsync("/v1/orders/import", $"[{string.Join(',', Enumerable.Repeat("{}", 2_001))}]")).Error(400, "invalid_payload");
    }

    [Fact]
    public async Task An_unknown_job_is_answered_as_documented()
    {
        using var shop = await api.NewProjectAsync();
        Assert.Equal("async_action", (await shop.GetAsync("/v1/async-actions/aa_none")).Error(404, "not_found").GetProperty("resource_type").GetString());
        Assert.Equal(
            "Property .end_date cannot be recognized as a ISO-8601 compliant date",
            (await shop.GetAsync("/v1/async-actions?end_date=soon")).Error(400, "invalid_query_params").GetProperty("details").GetString());
    }

    private static Task<JsonElement> FinishedAsync(ProjectClient shop, JsonElement started) => shop.UntilAsync(
        $"/v1/async-actions/{started.GetProperty("async_action_id").GetString()}", body => body.GetProperty("status").GetString() is "DONE" or "FAILED");
}
