using System.Text;
using System.Text.Json;
using Marketing.Api;
using Marketing.Exports;
using Xunit;

namespace Marketing.Loyalties;

/// <summary>Balances that a shop brings along, and how they leave again.</summary>
[Collection(ApiTests.Name)]
public sealed class MemberImportTests(ApiHost api)
{
    private const string ByBalance = ""","loyalty_tiers_expiration":{"qualification_type":"BALANCE","start_date":{"type":"IMMEDIATE"},"expiration_date":{"type":"CUSTOM","extend":"P3M"}}""";

    private const string Members = """
        Code;Customer Source Id;Points;Points Expiration Date;Tier;Tier Expiration Date;store
        OLD-1;ann;100;2090-06-30;Gold;2091-01-31;Berlin
        OLD-1;ann;50;never;;;
        OLD-1;;25;2090-12-31;;;
        OLD-2;bob;7;;;;Rome
        OLD-3;cyd;;;;;

        """;

    [Fact]
    public async Task Cards_come_with_their_holders_points_and_tiers_and_again_change_nothing()
    {
        using var shop = await api.NewProjectAsync();
        var loyalty = await ProgramAsync(shop);
        await loyalty.RuleAsync("""{"event":"customer.loyalty.tier.joined","loyalty":{"type":"FIXED","points":1000}}""");
        (await shop.PostAsync("/v1/customers", """{"source_id":"bob","name":"Bob"}""")).Ok();

        var first = await ImportAsync(shop, Members);
        Assert.Equal((5, 3, 2, 0, 0), Counts(first));
        Assert.Equal([("2090-06-30", 100), ("2090-12-31", 25), (null, 50)], await loyalty.BucketsAsync("OLD-1"));
        Assert.Equal([("POINTS_ADDITION", 25), ("POINTS_ADDITION", 50), ("POINTS_ADDITION", 100)], (await loyalty.LedgerAsync("OLD-1")).OrderBy(static entry => entry.Points));

        // Points that were earned elsewhere are no news, and neither is the tier.
        Assert.Equal("Gold", await loyalty.TierAsync("OLD-1"));
        Assert.Equal(["customer.publication.succeeded"], (await loyalty.HappenedAsync("OLD-1")).Distinct());
        var ann = (await shop.GetAsync("/v1/customers/ann")).Ok().GetProperty("loyalty");
        Assert.Equal((175, "Gold"), (ann.GetProperty("points").GetInt32(), ann.GetProperty("campaigns").GetProperty("Friends").GetProperty("loyalty_tier").GetString()));
        var card = (await shop.GetAsync("/v1/loyalties/members/OLD-1")).Ok();
        Assert.Equal("Berlin", card.GetProperty("metadata").GetProperty("store").GetString());
        Assert.Equal((175, 175), (card.GetProperty("loyalty_card").GetProperty("points").GetInt32(), card.GetProperty("loyalty_card").GetProperty("balance").GetInt32()));

        // The card of a member who brings nothing is empty, also where others begin with points.
        Assert.Equal((7L, 0L), (await loyalty.BalanceAsync("OLD-2"), await loyalty.BalanceAsync("OLD-3")));

        // Who was brought along is a member like others.
        await loyalty.RuleAsync("""{"event":"viewed","loyalty":{"type":"FIXED","points":3}}""");
        (await shop.PostAsync("/v1/events", """{"event":"viewed","customer":{"source_id":"cyd"}}""")).Ok();
        Assert.Equal(3, await loyalty.BalanceAsync("OLD-3"));

        // Whatever file says it again; also after the points were spent.
        (await loyalty.ChangeAsync("OLD-1", -100)).Ok();
        Assert.Equal((5, 0, 0, 5, 0), Counts(await ImportAsync(shop, Members)));
        Assert.Equal(75, await loyalty.BalanceAsync("OLD-1"));
        Assert.Equal(1, Counts(await ImportAsync(shop, "Code,Points,Points Expiration Date\nOLD-1,100,2090-06-30\n")).Unchanged);

        var rows = await shop.RowsAsync("voucher", """{"order":"code","fields":["code","customer_source_id","loyalty_points","loyalty_balance","loyalty_tier","loyalty_tier_expiration_date","loyalty_next_expiration_date","loyalty_next_expiration_points","loyalty_pending_points","loyalty_expired_points"]}""");
        Assert.Equal("OLD-1 ann 175 75 Gold 2091-01-31 2090-12-31 25 0 0", string.Join(' ', rows[0].Values));
        Assert.Equal("OLD-2 bob 7 7    0 0 0", string.Join(' ', rows[1].Values));
    }

    [Fact]
    public async Task What_is_wrong_is_said_with_row_and_column_and_the_rest_is_done()
    {
        using var shop = await api.NewProjectAsync();
        var loyalty = await ProgramAsync(shop);
        (await shop.PostAsync("/v1/campaigns", """{"name":"Other","voucher":{"gift":{"amount":700}}}""")).Ok();
        (await shop.PostAsync("/v1/campaigns/Other/vouchers/TAKEN", "{}")).Ok();
        (await shop.PostAsync("/v1/campaigns/Friends/vouchers/EMPTY", "{}")).Ok();
        var result = await ImportAsync(shop, """
            Code,Customer Id,Customer Source Id,Points,Points Expiration Date,Tier,Tier Expiration Date
            OK-1,,ann,10,2090-01-01,,
            OK-1,,bob,10,2090-01-02,,
            OK-1,,ann,11,2090-01-01,,
            OK-1,,ann,10,2090-01-01,,
            OK-2,,ann,1,,,
            TAKEN,,bob,1,,,
            EMPTY,,,1,,,
            NEW-1,,,5,,,
            OK-3,cust_nobody,,1,,,
            OK-3,,dan,ten,,,
            OK-3,,dan,-1,,,
            OK-3,,dan,5,31.12.,,
            OK-3,,dan,5,2001-01-01,,
            OK-3,,dan,5,,Platinum,2090-01-01
            OK-3,,dan,5,,Gold,
            OK-3,,dan,,2090-01-01,,
            OK-3,cust_1,dan,5,,,
            OK-3,,dan
            OK-3,,dan,1000000000001,,,

            """);
        Assert.Equal(
            """
            2 Customer Source Id somebody else holds the card
            3 Points is not what was imported before for this card and day: change the balance instead
            4 Points says again what row 1 says: points of a card that end on the same day are one row
            5 Code the customer has another card of the programme, OK-1
            6 Code another voucher has this code
            7 Points needs a customer: nobody holds the card
            8 Points needs a customer: nobody holds the card
            9 Customer Id there is no such customer
            10 Points must be a whole number, 0 to 1000000000000
            11 Points must be a whole number, 0 to 1000000000000
            12 Points Expiration Date must be a date as YYYY-MM-DD, or NEVER
            13 Points Expiration Date cannot be in the past
            14 Tier is none of the programme's
            15 Tier Expiration Date is required with a Tier
            16 Points is required with a Points Expiration Date
            17 Customer Source Id does not go with Customer Id
            18  line 19: too few fields, 3 for 7 columns
            19 Points must be a whole number, 0 to 1000000000000
            """,
            string.Join('\n', result.GetProperty("failed").EnumerateArray().Select(static one => $"{one.GetProperty("row").GetInt32()} {(one.TryGetProperty("column", out var column) ? column.GetString() : "")} {one.GetProperty("reason").GetString()}")));
        Assert.Equal([("2090-01-01", 10)], await loyalty.BucketsAsync("OK-1"));
        (await shop.GetAsync("/v1/loyalties/Friends/members/NEW-1")).Error(404, "not_found");

        // By the balance alone there is no tier to bring along.
        await loyalty.NewAsync(Loyalty.Program().Replace("\"Friends\"", "\"Plain\"", StringComparison.Ordinal));
        await loyalty.TiersAsync("""[{"name":"Gold","points":{"from":1}}]""", "Plain");
        Assert.Contains("goes by the balance alone", (await ImportAsync(shop, "Code,Customer Source Id,Tier,Tier Expiration Date\nP-1,eve,Gold,2090-01-01\n", "Plain")).GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_member_without_a_code_is_who_has_a_card_or_gets_one_and_a_card_that_was_made_before_begins_as_the_programme_says()
    {
        using var shop = await api.NewProjectAsync();
        var loyalty = await ProgramAsync(shop);
        var known = await loyalty.JoinAsync("ann");
        Assert.Equal(5, await loyalty.BalanceAsync(known));
        (await shop.PostAsync("/v1/campaigns/Friends/vouchers/MADE", "{}")).Ok();
        var result = await ImportAsync(shop, "Customer_source_id,Points,Points_expiration_date,Code\nann,10,NEVER,\nbob,20,NEVER,\ncyd,30,NEVER,MADE\n");
        Assert.Equal((3, 1, 2, 0, 0), Counts(result));
        Assert.Equal([(null, 15)], await loyalty.BucketsAsync(known));
        Assert.Equal([(null, 35)], await loyalty.BucketsAsync("MADE"));
        Assert.Equal(20, (await shop.GetAsync("/v1/customers/bob")).Ok().GetProperty("loyalty").GetProperty("points").GetInt32());
        Assert.Equal((3, 0, 0, 3, 0), Counts(await ImportAsync(shop, "Customer_source_id,Points,Points_expiration_date,Code\nann,10,NEVER,\nbob,20,NEVER,\ncyd,30,NEVER,MADE\n")));

        // Codes without holders are what they were before.
        Assert.Equal((2, 2, 0, 0, 0), Counts(await ImportAsync(shop, "Code,store\nNEW-1,a\nNEW-2,b\n")));
        Assert.Equal((2, 0, 0, 2, 0), Counts(await ImportAsync(shop, "Code,store\nNEW-1,a\nNEW-2,b\n")));
        Assert.Equal("a", (await shop.GetAsync("/v1/vouchers/NEW-1")).Ok().GetProperty("metadata").GetProperty("store").GetString());
    }

    [Fact]
    public async Task Many_files_at_once_bring_each_member_once()
    {
        using var shop = await api.NewProjectAsync();
        var loyalty = await ProgramAsync(shop);
        var file = new StringBuilder("Code,Customer Source Id,Points,Points Expiration Date\n");
        for (var row = 0; row < 120; row++)
        {
            file.Append(System.Globalization.CultureInfo.InvariantCulture, $"M-{row / 2},m-{row / 2},{row + 1},2090-0{(row % 2) + 1}-01\n");
        }

        var results = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => ImportAsync(shop, file.ToString())));
        Assert.Equal((60, 360, 0), (results.Sum(static one => Counts(one).Created), results.Sum(static one => Counts(one).Done), results.Sum(static one => Counts(one).Failed)));
        var rows = await shop.RowsAsync("voucher", """{"fields":["loyalty_balance","customer_source_id"]}""");
        Assert.Equal((60, 120 * 121 / 2), (rows.Count, rows.Sum(static row => int.Parse(row["loyalty_balance"], System.Globalization.CultureInfo.InvariantCulture))));
        Assert.Equal([("2090-01-01", 1), ("2090-02-01", 2)], await loyalty.BucketsAsync("M-0"));
    }

    private static async Task<Loyalty> ProgramAsync(ProjectClient shop)
    {
        var loyalty = new Loyalty(shop);
        await loyalty.NewAsync(Loyalty.Program(more: ByBalance).Replace("\"points\":0", "\"points\":5", StringComparison.Ordinal));
        await loyalty.TiersAsync("""[{"name":"Silver","points":{"from":100}},{"name":"Gold","points":{"from":1000}}]""");
        return loyalty;
    }

    private static async Task<JsonElement> ImportAsync(ProjectClient shop, string file, string program = "Friends")
    {
        var job = (await shop.UploadAsync($"/v1/campaigns/{program}/importCSV", Encoding.UTF8.GetBytes(file))).Ok(202).GetProperty("async_action_id").GetString();
        return (await shop.UntilAsync($"/v1/async-actions/{job}", static action => action.GetProperty("status").GetString() is "DONE" or "FAILED")).GetProperty("result");
    }

    private static (int Done, int Created, int Updated, int Unchanged, int Failed) Counts(JsonElement result) => (
        Number(result, "done_count"), Number(result, "created_count"), Number(result, "updated_count"), Number(result, "unchanged_count"), Number(result, "failed_count"));

    private static int Number(JsonElement result, string name) => result.GetProperty(name).GetInt32();
}
