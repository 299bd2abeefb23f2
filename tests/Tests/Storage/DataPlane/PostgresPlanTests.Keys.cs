using Marketing.Orders;
using Marketing.Redemptions;
using Marketing.Vouchers;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Marketing.Storage.DataPlane;

public sealed partial class PostgresPlanTests
{
    [Fact]
    public async Task What_is_asked_for_by_keys_is_read_and_nothing_else_though_its_plan_is_older_than_the_rows()
    {
        string[] keys = ["a/7", "a/77", "a/777"];
        var read = await ReadByAsync("'orders', 'vouchers', 'balances', 'tallies', 'customers'", async plane =>
        {
            async Task AskAsync(int found)
            {
                for (var time = 0; time < 10; time++)
                {
                    Assert.Equal(found, (await plane.Orders.FindManyAsync(Plane.Project, [.. keys.Select(key => $"o-{key}")])).Count);
                    Assert.Equal(found, (await plane.Orders.FindManyAsync(Plane.Project, OrderTable.SourceId, keys)).Count);
                    Assert.Equal(found, (await plane.Orders.FindManyAsync(Plane.Project, [7L, 77L, 777L])).Count);
                    Assert.Equal(found, (await plane.Vouchers.FindManyAsync(Plane.Project, VoucherTable.Campaign, [7L, 77L, 777L], 10)).Count);
                    Assert.Equal(found, (await plane.Balances.ReadAsync(Plane.Project, keys)).Values.Sum());
                    Assert.Equal(found, (await plane.Tallies.ReadAsync(Plane.Project, keys)).Values.Sum());
                    Assert.Equal(found, (await plane.Customers.LoadManyAsync(Plane.Project, [7L, 77L, 777L])).Count);
                    Assert.Equal(found > 0 ? "cust_7" : null, await plane.Customers.FindIdBySourceAsync(Plane.Project, "a/7"));
                }
            }

            await AskAsync(0);
            await Database.ScalarAsync(
                $"""
                INSERT INTO orders (no, project, id, source_id, customer, version, status, total_amount, created_at, document)
                SELECT i, {Plane.Project}, 'o-a/' || i, 'a/' || i, i, 1, 'PAID', 0, i, convert_to('null', 'UTF8') FROM generate_series(1, 5000) AS i;
                INSERT INTO vouchers (no, project, id, version, code, code_key, campaign, type, active, document, created_at)
                SELECT i, {Plane.Project}, 'v_' || i, 1, i, i, i, 'DISCOUNT_VOUCHER', 1, '\x7b7d', i FROM generate_series(1, 5000) AS i;
                INSERT INTO balances (project, account, value, entries) SELECT {Plane.Project}, 'a/' || i, 1, 1 FROM generate_series(1, 5000) AS i;
                INSERT INTO tallies (project, name, value, shard) SELECT {Plane.Project}, 'a/' || i, 1, 0 FROM generate_series(1, 5000) AS i;
                INSERT INTO customers (no, project, id, source_id, version, created_at, evaluated_at, document)
                SELECT i, {Plane.Project}, 'cust_' || i, 'a/' || i, 1, i, 0, '' FROM generate_series(1, 5000) AS i;
                """);
            await AskAsync(3);
        });

        // 22 rows a turn; of a group numbers first, and then rows.
        Assert.InRange(read, 220, 300);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_page_of_what_very_many_have_in_common_reads_a_page_of_them(bool analyzed)
    {
        // One campaign has nearly all, another one the oldest; a few failed.
        await Database.ScalarAsync(
            $"""
            INSERT INTO redemptions (no, project, id, version, kind, status, campaign, voucher, document, created_at)
            SELECT i, {Plane.Project}, 'r_' || i, 1, 0, CASE WHEN i % 1000 = 0 THEN 1 ELSE 0 END, CASE WHEN i <= 50 THEN 2 ELSE 1 END, i % 3, '\x7b7d', i FROM generate_series(1, 20000) AS i;
            {(analyzed ? "ANALYZE;" : "")}
            """);

        var read = await ReadByAsync("'redemptions'", async plane =>
        {
            var store = plane.Redemptions;
            var query = new TableQuery("-created_at", 20, 1);
            foreach (var (asked, there) in new[]
            {
                (query with { Within = (RedemptionTable.Campaign, 1) }, 20), (query with { Within = (RedemptionTable.Campaign, 2) }, 20), (query with { Within = (RedemptionTable.Voucher, 1) }, 20),
                (query with { Marked = RedemptionTable.Failed }, 20), (query with { Within = (RedemptionTable.Campaign, 3) }, 0),
            })
            {
                for (var time = 0; time < 10; time++)
                {
                    var rows = await store.AfterAsync(Plane.Project, asked, null, TestContext.Current.CancellationToken);
                    Assert.Equal(there, rows.Count);
                    Assert.Equal(there, (await store.AfterAsync(Plane.Project, asked with { Order = "created_at" }, null, TestContext.Current.CancellationToken)).Count);
                }
            }
        });

        Assert.InRange(read, 4 * 2 * 10 * 20, 4 * 2 * 10 * 20 * 2);
    }

    [Fact]
    public async Task Many_who_ask_at_once_share_round_trips_and_each_is_answered_with_what_was_asked()
    {
        await Database.ScalarAsync(
            $"INSERT INTO balances (project, account, value, entries) SELECT {Plane.Project}, 'a/' || i, i, 1 FROM generate_series(1, 1000) AS i");
        var source = Database.CreateSource();
        await using var plane = await Plane.StartAsync(services => services.AddSingleton(_ => source).AddPostgresDataPlane());
        var answers = await Task.WhenAll(Enumerable.Range(1, 1_000).Select(async i =>
        {
            string[] accounts = [$"a/{i}", $"a/{1_001 - i}", "none"];
            return (Number: i, Values: await plane.Balances.ReadAsync(i % 10 == 0 ? 99 : Plane.Project, accounts));
        }));

        Assert.All(answers, answer =>
        {
            var isHere = answer.Number % 10 != 0;
            Assert.Equal((isHere ? answer.Number : 0, isHere ? 1_001 - answer.Number : 0, 0), (answer.Values[$"a/{answer.Number}"], answer.Values[$"a/{1_001 - answer.Number}"], answer.Values["none"]));
        });
    }
}
