using System.Text;
using System.Text.Json;
using Marketing.Customers;
using Xunit;

namespace Marketing.Filters;

public sealed class FieldTests
{
    private static readonly JsonSerializerOptions Stored = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull,
    };

    private static readonly string Anna = JsonSerializer.Serialize(
        new Customer
        {
            Id = "cust_1",
            SourceId = "crm-1",
            Name = "Anna",
            Description = "vip",
            Email = "anna@example.com",
            Phone = "+48123",
            Birthdate = "1990-05-17",
            Address = new() { City = "Kraków", State = "MP", Line1 = "Rynek 1", Line2 = "m. 2", Country = "Poland", PostalCode = "30-001" },
            Metadata = RawJson.Parse("""{"club":{"level":"Gold"},"age":34}"""),
            SystemMetadata = RawJson.Parse("""{"source":"import"}"""),
            Summary = new()
            {
                Orders = new()
                {
                    TotalAmount = 900,
                    TotalCount = 3,
                    AverageAmount = 300,
                    LastOrderAmount = 100,
                    LastOrderDate = Ask.At("2026-05-01T00:00:00Z"),
                },
                Redemptions = new()
                {
                    TotalRedeemed = 1,
                    TotalFailed = 2,
                    TotalSucceeded = 3,
                    TotalRolledBack = 4,
                    TotalRollbackFailed = 5,
                    TotalRollbackSucceeded = 6,
                    Gift = new() { RedeemedAmount = 7, AmountToGo = 8 },
                    LoyaltyCard = new() { RedeemedPoints = 9, PointsToGo = 10 },
                },
            },
            Loyalty = new()
            {
                Points = 11,
                ReferredCustomers = 12,
                Campaigns = new() { ["Tiers 2.0"] = new() { Points = 41, LoyaltyTier = "Silver", ReferredCustomers = 13 } },
            },
            CreatedAt = Ask.At("2026-05-02T00:00:00Z"),
            UpdatedAt = Ask.At("2026-05-03T00:00:00Z"),
            Events = new() { ["order.paid in full"] = new() { Count = 14, First = Ask.At("2026-05-04T00:00:00Z"), Last = Ask.At("2026-05-05T00:00:00Z") } },
        },
        Stored);

    [Theory]
    [InlineData("id", "\"cust_1\"")]
    [InlineData("source_id", "\"crm-1\"")]
    [InlineData("name", "\"Anna\"")]
    [InlineData("description", "\"vip\"")]
    [InlineData("email", "\"anna@example.com\"")]
    [InlineData("phone", "\"+48123\"")]
    [InlineData("birthdate", "\"1990-05-17\"")]
    [InlineData("birthday", "\"1990-05-17\"")]
    [InlineData("address.city", "\"Kraków\"")]
    [InlineData("address.state", "\"MP\"")]
    [InlineData("address.country", "\"Poland\"")]
    [InlineData("address.postal_code", "\"30-001\"")]
    [InlineData("address.line_1", "\"Rynek 1\"")]
    [InlineData("address.line_2", "\"m. 2\"")]
    [InlineData("metadata.club.level", "\"Gold\"")]
    [InlineData("metadata.age", "34")]
    [InlineData("system_metadata.source", "\"import\"")]
    [InlineData("summary.orders.total_amount", "900")]
    [InlineData("summary.orders.total_count", "3")]
    [InlineData("summary.orders.average_amount", "300")]
    [InlineData("summary.orders.last_order_amount", "100")]
    [InlineData("summary.orders.last_order_date", "\"2026-05-01\"")]
    [InlineData("summary.redemptions.total_redeemed", "1")]
    [InlineData("summary.redemptions.total_failed", "2")]
    [InlineData("summary.redemptions.total_succeeded", "3")]
    [InlineData("summary.redemptions.total_rolled_back", "4")]
    [InlineData("summary.redemptions.total_rollback_failed", "5")]
    [InlineData("summary.redemptions.total_rollback_succeeded", "6")]
    [InlineData("summary.redemptions.gift.redeemed_amount", "7")]
    [InlineData("summary.redemptions.gift.amount_to_go", "8")]
    [InlineData("summary.redemptions.loyalty_card.redeemed_points", "9")]
    [InlineData("summary.redemptions.loyalty_card.points_to_go", "10")]
    [InlineData("loyalty.points", "11")]
    [InlineData("loyalty.referred_customers", "12")]
    [InlineData("loyalty_points.campaigns.Tiers 2.0.points", "41")]
    [InlineData("loyalty.campaigns.Tiers 2.0.points", "41")]
    [InlineData("loyalty.campaigns.Tiers 2.0.referred_customers", "13")]
    [InlineData("loyalty.campaigns.Tiers 2.0.loyalty_tier", "\"Silver\"")]
    [InlineData("loyalty_tier.campaigns.Tiers 2.0", "\"Silver\"")]
    [InlineData("created_at", "\"2026-05-02\"")]
    [InlineData("updated_at", "\"2026-05-03\"")]
    [InlineData("events.order.paid in full.count", "14")]
    [InlineData("events.order.paid in full.first", "\"2026-05-04\"")]
    [InlineData("events.order.paid in full.first_occurrence", "\"2026-05-04\"")]
    [InlineData("events.order.paid in full.last", "\"2026-05-05\"")]
    [InlineData("events.order.paid in full.last_occurrence", "\"2026-05-05\"")]
    [InlineData("events.order.paid in full.created_at", "\"2026-05-05\"")]
    public void Every_field_of_a_stored_customer_can_be_read(string field, string value) => Assert.True(Ask.Matches(field, "$is", value, Anna));

    [Theory]
    [InlineData("birthday", "birthdate")]
    [InlineData("loyalty_points.campaigns.A b.points", "loyalty.campaigns.A b.points")]
    [InlineData("loyalty_tier.campaigns.A.b", "loyalty.campaigns.A.b.loyalty_tier")]
    [InlineData("events.x.y.created_at", "events.x.y.last")]
    [InlineData("metadata.a.b", "metadata.a.b")]
    public void Aliases_become_the_path_in_the_document(string written, string path) =>
        Assert.Equal([path], Ask.Parse(Ask.Filter(written, "$has_value", "true")).Fields);

    [Fact]
    public void And_needs_all_fields_or_needs_one()
    {
        const string Conditions = """ "name":{"conditions":{"$is":"Anna"}},"email":{"conditions":{"$is":"x"}}}""";
        Assert.False(Ask.Matches("{" + Conditions, Anna));
        Assert.False(Ask.Matches("{\"junction\":\"AND\"," + Conditions, Anna));
        Assert.True(Ask.Matches("{\"junction\":\"Or\"," + Conditions, Anna));
        Assert.False(Ask.Matches("{\"junction\":\"or\"," + Conditions, """{"name":"Bob"}"""));
    }

    [Fact]
    public void All_operators_of_a_field_must_hold_also_under_or()
    {
        const string Filter = """{"junction":"or","metadata.age":{"conditions":{"$more_than":[30],"$less_than":["40"]}}}""";
        Assert.True(Ask.Matches(Filter, """{"metadata":{"age":34}}"""));
        Assert.False(Ask.Matches(Filter, """{"metadata":{"age":40}}"""));
        Assert.False(Ask.Matches(Filter, """{"metadata":{"age":30}}"""));
    }

    [Fact]
    public void A_field_and_one_below_it_can_both_be_read()
    {
        const string Filter = """{"metadata.a":{"conditions":{"$has_value":true}},"metadata.a.b":{"conditions":{"$is":1}}}""";
        Assert.True(Ask.Matches(Filter, """{"metadata":{"a":{"b":1}}}"""));
        Assert.False(Ask.Matches(Filter, """{"metadata":{"a":1}}"""));
    }

    [Fact]
    public void The_example_of_the_reference_finds_its_customer()
    {
        const string Filter = """
            {"junction":"and","birthdate":{"conditions":{"$next_month":[true]}},"address.country":{"conditions":{"$is":"Poland"}},
             "metadata.club_level":{"conditions":{"$in":["Gold","Silver"]}}}
            """;
        const string Document = """{"birthdate":"1990-06-17","address":{"country":"Poland"},"metadata":{"club_level":"Silver"}}""";
        Assert.True(Ask.Matches(Filter, Document));
        Assert.False(Ask.Matches(Filter, Document.Replace("Silver", "Bronze", StringComparison.Ordinal)));
    }

    [Fact]
    public void What_was_read_outlives_the_document()
    {
        var set = new FilterSet([Ask.Parse(Ask.Filter("name", "$is", "\"Anna\""))]);
        var bytes = Encoding.UTF8.GetBytes(Anna);
        var values = set.NewValues();
        set.Read(bytes, values);
        Array.Clear(bytes);
        Assert.True(set.Matches(0, values, Ask.Noon));
    }
}
