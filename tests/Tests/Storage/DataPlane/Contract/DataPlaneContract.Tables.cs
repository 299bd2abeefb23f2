using System.Reflection;
using Marketing.Exports;
using Marketing.Exports.Working;
using Marketing.Products;
using Marketing.Publications;
using Marketing.Vouchers;
using Xunit;

namespace Marketing.Storage.DataPlane;

public abstract partial class DataPlaneContract
{
    /// <summary>The tables that features declare.</summary>
    private static IReadOnlyList<Table> DeclaredTables { get; } =
    [
        .. typeof(Table).Assembly.GetTypes().Where(type => !type.ContainsGenericParameters)
            .SelectMany(type => type.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic))
            .Where(field => field.FieldType.IsAssignableTo(typeof(Table))).Select(field => (Table)field.GetValue(null)!),
    ];

    [Fact]
    public async Task The_schema_has_what_the_tables_declare_and_nothing_that_they_leave_out()
    {
        Assert.NotEmpty(DeclaredTables);
        foreach (var table in DeclaredTables)
        {
            var stored = await ColumnsOfAsync(table.Name);
            Assert.Equal(
                ((string[])["no bigint", "project integer", "id text", "version bigint", .. table.Columns.Select(Described)]).Order(StringComparer.Ordinal),
                stored.Select(column => table.Columns.Any(declared => declared.Kind == ColumnKind.Number && column == $"{declared} integer") ? $"{column[..^8]} bigint" : column)
                    .Order(StringComparer.Ordinal));

            var indexes = await IndexesOfAsync(table.Name);
            Assert.Contains("unique project id", indexes);
            Assert.All(table.Unique, column => Assert.Contains($"unique project {column}", indexes));
            Assert.All(table.Orders, column => Assert.Contains($"project {column} no", indexes));
            Assert.All(table.Groups, column => Assert.Contains($"{column} no", indexes));
            Assert.All(table.Sorted, column => Assert.Contains($"project {column} {table.Orders[0]} no", indexes));

            // One of all rows, one of those without, and of those with each mark.
            if (table.Orders.Count > 0)
            {
                Assert.Equal(1 + (table.Without is null ? 0 : 1) + table.Marks.Count, indexes.Count(index => index == $"project {table.Orders[0]} no"));
            }

            if (table.Expires is { } expires)
            {
                Assert.Null(table.Owner);
                Assert.Contains($"{expires}", indexes);
            }

            if (table.Pending is { } pending)
            {
                Assert.Contains($"{pending}", indexes);
            }

            if (table.Owner is { } owner)
            {
                Assert.Contains(indexes, index => index == $"{owner}" || index == $"{owner} no");
            }
        }
    }

    [Fact]
    public void Every_declared_table_is_registered() =>
        Assert.Equal(DeclaredTables.Select(table => table.Name).Order(StringComparer.Ordinal), Plane.Tables.All.Select(table => table.Name));

    [Fact]
    public async Task Rows_without_a_group_are_found_the_newest_first()
    {
        var (project, campaign) = (Plane.Project + 2, Any.Number());
        foreach (var (code, of) in new[] { ("a", (long?)null), ("b", campaign), ("c", null), ("d", null), ("e", campaign) })
        {
            await SaveAsync(project, code, of);
        }

        await SaveAsync(project + 1, "f", null);
        Assert.Equal(["d", "c"], (await Plane.Vouchers.NewestWithoutAsync(project, 2)).Select(voucher => voucher.Code));
        Assert.Equal(["d", "c", "a"], (await Plane.Vouchers.NewestWithoutAsync(project, 100)).Select(voucher => voucher.Code));

        async Task SaveAsync(int of, string code, long? within)
        {
            var row = new VoucherRow(Plane.Next(VoucherTable.Vouchers.Numbers), $"v_{of}_{code}", 0, code, code, within, null, "DISCOUNT_VOUCHER", true, RawJson.EmptyObject, Any.Noon.AddMinutes(code[0]), null);
            var commit = new Commit { Project = of };
            commit.Rows.Add(VoucherTable.Vouchers.Save(row));
            Assert.Equal(CommitOutcome.Durable, await Plane.Committer.CommitAsync(commit));
        }
    }

    [Fact]
    public async Task Rows_that_belong_together_are_counted_and_shown_some_of_each()
    {
        var (one, other) = (Any.Number(), Any.Number());
        for (var at = 0; at < 5; at++)
        {
            await SaveSkuAsync(one, at);
        }

        await SaveSkuAsync(other, 0);
        var counts = await Plane.Skus.CountAsync(Plane.Project, SkuTable.Product, [one, other, Any.Number()]);
        Assert.Equal([(one, 5L), (other, 1L)], counts.Select(count => ((int)count.Key, count.Value)).OrderByDescending(count => count.Value));
        Assert.Empty(await Plane.Skus.CountAsync(Plane.Project + 1, SkuTable.Product, [one]));

        var some = await Plane.Skus.FindManyAsync(Plane.Project, SkuTable.Product, [other, one], 3);
        Assert.Equal([(one, 0L), (one, 1), (one, 2), (other, 0)], some.Select(sku => ((int)sku.Product, sku.Price!.Value)));
        Assert.Empty(await Plane.Skus.FindManyAsync(Plane.Project + 1, SkuTable.Product, [one], 3));

        var query = new TableQuery("-updated_at", 2, 1) { Within = (SkuTable.Product, one) };
        Assert.Equal("4 3 of 5, more", Shown(await Plane.Skus.ListAsync(Plane.Project, query, Token)));
        Assert.Equal("0 of 5", Shown(await Plane.Skus.ListAsync(Plane.Project, query with { Page = 3 }, Token)));
        var between = query with { Limit = 10, Between = new TimeRange(Any.Noon.AddHours(3), Any.Noon) };
        Assert.Equal("2 1 of 2", Shown(await Plane.Skus.ListAsync(Plane.Project, between, Token)));

        // By another column than the first, of one group and of all.
        var changed = between with { Between = new TimeRange(Any.Noon.AddHours(13), Any.Noon.AddHours(10)), BetweenOf = SkuTable.Skus.Orders.Single(column => column.Name == "updated_at") };
        Assert.Equal("2 1 of 2", Shown(await Plane.Skus.ListAsync(Plane.Project, changed, Token)));
        var all = await Plane.Skus.ListAsync(Plane.Project, changed with { Within = null, Limit = 100 }, Token);
        Assert.Equal([2, 1], all.Items.Where(sku => sku.Product == one).Select(sku => sku.Price!.Value));
        Assert.All(all.Items, sku => Assert.InRange(sku.UpdatedAt!.Value, Any.Noon.AddHours(10).AddMilliseconds(1), Any.Noon.AddHours(13).AddMilliseconds(-1)));

        static string Shown(Page<SkuRow> page) => $"{string.Join(' ', page.Items.Select(sku => sku.Price))} of {page.Total}{(page.HasMore ? ", more" : "")}";
    }

    [Fact]
    public async Task A_walk_over_a_table_shows_each_row_once_also_those_of_one_instant()
    {
        var product = Any.Number();
        foreach (var hour in (int[])[3, 1, 1, 1, 1, 2, 0])
        {
            await SaveSkuAsync(product, hour);
        }

        var seen = new List<long>();
        for (TablePlace? place = null; await Plane.Skus.WalkAsync(Plane.Project, place, 2) is { Count: > 0 } page;)
        {
            seen.AddRange(page.Where(sku => sku.Product == product).Select(sku => sku.Price!.Value));
            place = new TablePlace(page[^1].CreatedAt.ToUnixTimeMilliseconds(), page[^1].Number);
        }

        Assert.Equal([0, 1, 1, 1, 1, 2, 3], seen);
        Assert.Empty(await Plane.Skus.WalkAsync(Plane.Project + 1, null, 2));
    }

    [Theory]
    [InlineData("created_at")]
    [InlineData("-created_at")]
    public async Task A_list_is_gone_on_with_after_any_of_its_rows(string order)
    {
        var (project, campaign, customer) = (Plane.Project + 5, Any.Number(), Any.Number());
        var rows = new List<PublicationRow>();
        for (var at = 0; at < 12; at++)
        {
            // Four instants; each third one failed, each second one is of the campaign.
            var number = Plane.Next(PublicationTable.Publications.Numbers);
            rows.Add(new PublicationRow(
                number, $"pub_{number}", 0, null, null, customer, at % 2 == 0 ? campaign : null, null, at % 3 == 0 ? PublicationRow.Failure : PublicationRow.Success, RawJson.EmptyObject, Any.Noon.AddMinutes(at % 4)));
        }

        foreach (var (row, of) in rows.Select(row => (row, project)).Append((rows[0] with { Number = Plane.Next(PublicationTable.Publications.Numbers), Id = "pub_other" }, project + 1)))
        {
            var commit = new Commit { Project = of };
            commit.Rows.Add(PublicationTable.Publications.Save(row));
            Assert.Equal(CommitOutcome.Durable, await Plane.Committer.CommitAsync(commit));
        }

        var ordered = rows.OrderBy(static row => row.CreatedAt).ThenBy(static row => row.Number).ToList();
        if (order[0] == '-')
        {
            ordered.Reverse();
        }

        var all = new TableQuery(order, 2, 1);
        await IsAsync(all, static _ => true);
        await IsAsync(all with { Within = (PublicationTable.Campaign, campaign) }, row => row.Campaign == campaign);
        await IsAsync(all with { Within = (PublicationTable.Customer, customer) }, static _ => true);
        await IsAsync(all with { Marked = PublicationTable.Failed }, static row => row.Result == PublicationRow.Failure);
        await IsAsync(all with { Between = new TimeRange(Any.Noon.AddMinutes(3), Any.Noon) }, static row => row.CreatedAt > Any.Noon && row.CreatedAt < Any.Noon.AddMinutes(3));

        async Task IsAsync(TableQuery query, Func<PublicationRow, bool> passes)
        {
            var expected = ordered.Where(passes).Select(static row => row.Number).ToList();
            var seen = new List<long>();
            PublicationRow? last = null;
            while (await Plane.Publications.AfterAsync(project, query, last, Token) is { Count: > 0 } page)
            {
                Assert.InRange(page.Count, 1, 2);
                seen.AddRange(page.Select(static row => row.Number));
                last = page[^1];
            }

            Assert.Equal(expected, seen);
            var listed = await Plane.Publications.ListAsync(project, query with { Limit = 5, Page = 2 }, Token);
            Assert.Equal(expected.Skip(5).Take(5), listed.Items.Select(static row => row.Number));
            Assert.Equal((expected.Count, expected.Count > 10), ((int)listed.Total, listed.HasMore));
        }
    }

    [Fact]
    public async Task Rows_with_work_are_found_longest_first()
    {
        var rows = new List<ExportRow>();
        foreach (DateTimeOffset? since in (DateTimeOffset?[])[Any.Noon.AddHours(1), null, Any.Noon])
        {
            rows.Add(new ExportRow
            {
                Number = Plane.Next(ExportTable.Exports.Numbers),
                Id = Any.Id("exp"),
                ExportedObject = "order",
                Status = "SCHEDULED",
                Parameters = RawJson.EmptyObject,
                State = new ExportState(),
                Secret = [1],
                Channel = "API",
                CreatedAt = Any.Noon,
                ExpiresAt = Any.Noon.AddYears(100),
                PendingSince = since,
            });
        }

        await Plane.CommitAsync(commit => commit.Rows.AddRange(rows.Select(ExportTable.Exports.Save)));
        Assert.Equal([(Plane.Project, rows[2].Id), (Plane.Project, rows[0].Id)], await Plane.Exports.PendingAsync(10));
        Assert.Equal([(Plane.Project, rows[2].Id)], await Plane.Exports.PendingAsync(1));
    }

    private Task<CommitOutcome> SaveSkuAsync(int product, int place) => Plane.CommitAsync(commit => commit.Rows.Add(SkuTable.Skus.Save(new SkuRow(
        Plane.Next(SkuTable.Skus.Numbers), Any.Id("sku"), 0, null, product, "prod", null, place, null, RawJson.EmptyObject, null, RawJson.EmptyObject,
        Any.Noon.AddHours(place), Any.Noon.AddHours(place + 10)))));

    /// <summary>Name and type of each column: integer, bigint, text or bytes.</summary>
    protected abstract Task<IReadOnlyList<string>> ColumnsOfAsync(string table);

    /// <summary>The columns of each index, separated by spaces, those that are unique with the word before them.</summary>
    protected abstract Task<IReadOnlyList<string>> IndexesOfAsync(string table);

    private static string Described(Column column) => column.Kind switch
    {
        ColumnKind.Text => $"{column} text",
        ColumnKind.Number => $"{column} bigint",
        _ => $"{column} bytes",
    };
}
