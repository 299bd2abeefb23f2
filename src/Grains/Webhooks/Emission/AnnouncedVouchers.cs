using Marketing.Activity;
using Marketing.Campaigns;
using Marketing.Catalogue;
using Marketing.Storage;
using Marketing.Vouchers;

namespace Marketing.Webhooks;

/// <summary>
/// Changes of vouchers as webhooks tell of them. Codes that a background job makes or changes are not told of one by one: that a campaign of a million was generated is one event, and none yet.
/// </summary>
internal sealed class AnnouncedVouchers(ITableStore<VoucherRow> store, VoucherReads reads)
{
    private static readonly string[] Types = ["voucher.created", "voucher.updated", "voucher.enabled", "voucher.disabled", "voucher.deleted"];

    public static bool IsIn(Commit commit)
    {
        foreach (var write in commit.Rows)
        {
            if (write.Table == VoucherTable.Vouchers)
            {
                return commit.Import is null;
            }
        }

        return false;
    }

    public async ValueTask<IReadOnlyList<Announcement>> OfAsync(Commit commit, CatalogueSnapshot catalogue, WebhookSection section, DateTimeOffset now)
    {
        if (!IsIn(commit) || !Array.Exists(Types, type => section.ListenersTo(type).Count > 0))
        {
            return [];
        }

        List<RowWrite> writes = [.. commit.Rows.Where(static write => write is { Table: var table, Row: VoucherRow } && table == VoucherTable.Vouchers)];
        if (writes.Count(static write => write.Inserts || write.Deletes) > 1)
        {
            // A part of a campaign.
            return [];
        }

        long[] known = [.. writes.Where(static write => !write.Inserts).Select(static write => write.Row.Number)];
        var before = known.Length == 0 ? [] : (await store.FindManyAsync(catalogue.Project, known)).ToDictionary(static row => row.Number);
        var changes = writes.Select(write => (Row: (VoucherRow)write.Row, Type: TypeOf(before.GetValueOrDefault(write.Row.Number), write)))
            .Where(change => change.Type is { } type && section.ListenersTo(type).Count > 0).ToList();
        var views = await reads.ViewAsync(catalogue, [.. changes.Select(static change => change.Row)]);
        return [.. changes.Zip(views, (change, view) => Of(change.Type!, change.Row, view, now))];
    }

    /// <summary>What became of a voucher; null where it is nothing that anybody asked for, as when a redemption notes the terms it was under.</summary>
    public static string? TypeOf(VoucherRow? before, RowWrite write) => (before, (VoucherRow)write.Row) switch
    {
        (_, _) when write.Deletes => "voucher.deleted",
        (_, _) when write.Inserts => "voucher.created",
        (null, _) => null,
        ({ } was, var row) when was.IsActive != row.IsActive => row.IsActive ? "voucher.enabled" : "voucher.disabled",
        ({ } was, var row) => was.UpdatedAt == row.UpdatedAt ? null : "voucher.updated",
    };

    private static Announcement Of(string type, VoucherRow row, VoucherView view, DateTimeOffset now) => new(
        type, $"evvou_{row.Number:x16}{row.Version:x8}", row.Id, now, null, "API", null, ActivityData.Write(json =>
        {
            json.WritePropertyName("voucher"u8);
            VoucherShape.Write(view, json);
            json.WritePropertyName("campaign"u8);
            CampaignShape.WriteBrief(view.Campaign, json);
        }));
}
