using System.Text.Json;
using Marketing.Http;
using Xunit;

namespace Marketing.Api;

/// <summary>Whatever an id is made of, it names its own object in every path, and no other.</summary>
[Collection(ApiTests.Name)]
public sealed class PathTests(ApiHost api)
{
    private static readonly string[] All = ["k/b", "k%2Fb", "k%252Fb", "a%252Fb", "..", ".", "a..b", "../..", "zoë/猫😀", "a+b", "a b", " ", "a?b#c", "a;b=c,d", "%", "100%", "\\", "a\u200db", "importCSV"];

    private static string InPath(string id) => id.Trim('.').Length == 0 ? id.Replace(".", "%2E", StringComparison.Ordinal) : Uri.EscapeDataString(id);

    [Fact]
    public async Task A_customer_is_found_changed_and_deleted_by_an_id_of_any_characters()
    {
        using var shop = await api.NewProjectAsync();
        foreach (var id in All)
        {
            Assert.Equal(id, await shop.NewCustomerAsync(JsonSerializer.Serialize(new { id, name = id })));
        }

        foreach (var id in All)
        {
            var path = $"/v1/customers/{InPath(id)}";
            Assert.Equal(id, (await shop.SendAsIsAsync("GET", path)).Ok().GetProperty("name").GetString());
            Assert.Equal(id, (await shop.SendAsIsAsync("PUT", path, JsonSerializer.Serialize(new { phone = id }))).Ok().GetProperty("phone").GetString());
            foreach (var below in new[] { "activity", "activities", "segments", "redeemables" })
            {
                (await shop.SendAsIsAsync("GET", $"{path}/{below}")).Ok();
            }
        }

        foreach (var id in All)
        {
            Assert.Equal(id, (await shop.SendAsIsAsync("GET", $"/v1/customers/{InPath(id)}")).Ok().GetProperty("phone").GetString());
        }

        for (var at = 0; at < All.Length; at++)
        {
            var path = $"/v1/customers/{InPath(All[at])}";
            if (at % 2 == 0)
            {
                (await shop.SendAsIsAsync("DELETE", path)).Ok(204);
            }
            else
            {
                Assert.Equal(All[at], (await shop.SendAsIsAsync("POST", $"{path}/permanent-deletion")).Ok().GetProperty("related_object_id").GetString());
            }

            (await shop.SendAsIsAsync("GET", path)).Error(404, "not_found");
            Assert.Equal(All.Length - at - 1, (await shop.GetAsync("/v1/customers")).Ok().GetProperty("total").GetInt32());
        }
    }

    [Fact]
    public async Task A_customer_and_an_order_are_found_by_a_source_id_of_any_characters()
    {
        using var shop = await api.NewProjectAsync();
        foreach (var source in All)
        {
            var customer = await shop.NewCustomerAsync(JsonSerializer.Serialize(new { source_id = source }));
            Assert.Equal(customer, (await shop.SendAsIsAsync("GET", $"/v1/customers/{InPath(source)}")).Ok().GetProperty("id").GetString());
            var order = (await shop.PostAsync("/v1/orders", JsonSerializer.Serialize(new { source_id = source, amount = 1 })))["id"];
            Assert.Equal(order, (await shop.SendAsIsAsync("GET", $"/v1/orders/{InPath(source)}"))["id"]);
            Assert.Equal(order, (await shop.SendAsIsAsync("PUT", $"/v1/orders/{InPath(source)}", """{"status":"PAID"}"""))["id"]);
        }
    }

    [Fact]
    public async Task A_suppression_is_taken_off_by_an_address_of_any_characters()
    {
        using var shop = await api.NewProjectAsync();
        string[] addresses = [.. All.Where(address => address.Trim().Length > 0)];
        foreach (var address in addresses)
        {
            (await shop.PostAsync("/v1/suppressions", JsonSerializer.Serialize(new { channel = "email", address }))).Ok();
        }

        for (var at = 0; at < addresses.Length; at++)
        {
            var path = $"/v1/suppressions/email/{InPath(addresses[at])}";
            (await shop.SendAsIsAsync("DELETE", path)).Ok(204);
            (await shop.SendAsIsAsync("DELETE", path)).Error(404, "not_found");
            Assert.Equal(addresses.Length - at - 1, (await shop.GetAsync("/v1/suppressions")).Ok().GetProperty("total").GetInt32());
        }
    }

    [Theory]
    [InlineData("/v1/customers/%FF")]
    [InlineData("/v1/customers/%")]
    [InlineData("/v1/customers/%2")]
    [InlineData("/v1/customers/%2G")]
    [InlineData("/v1/customers/a%ED%A0%80")]
    public async Task A_path_that_is_not_percent_encoded_utf_8_is_refused(string path)
    {
        using var shop = await api.NewProjectAsync();
        (await shop.SendAsIsAsync("GET", path)).Error(400, "bad_request");
    }

    [Fact]
    public async Task The_fixed_parts_of_a_path_may_be_encoded_and_are_never_dots()
    {
        using var shop = await api.NewProjectAsync();
        (await shop.SendAsIsAsync("GET", "/%76%31/customers?limit=1")).Ok();
        (await shop.SendAsIsAsync("GET", "/v1/orders/../customers")).Error(404, "not_found");
        (await shop.SendAsIsAsync("GET", "/v1%2Fcustomers")).Error(404, "not_found");
    }

    [Theory]
    [InlineData("/v1/a%2Fb%25", "/v1/a%2Fb%25")]
    [InlineData("/v1/%61/%2e%2E/", "/v1/a/../")]
    [InlineData("/v1//%C3%BC+%20", "/v1//ü+ ")]
    public void Routing_sees_each_segment_decoded_but_for_slashes_and_percent_signs(string sent, string seen) => Assert.Equal(seen, PathSegments.ForRouting(sent));
}
