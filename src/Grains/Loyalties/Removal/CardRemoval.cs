using Marketing.Campaigns;
using Marketing.Customers;
using Marketing.Storage;

namespace Marketing.Loyalties;

/// <summary>Takes cards off their holders, each holder in a commit, before the vouchers are deleted. Doing it again finds nothing left to do.</summary>
internal sealed class CardRemoval(ITableStore<MemberRow> members, ITableStore<CampaignRow> campaigns, ICustomerStore customers, ICommitter committer, IGrainFactory grains)
{
    private const int AtOnce = 64;

    /// <summary>Removes what is on some cards.</summary>
    /// <param name="project">Whose.</param>
    /// <param name="cards">Numbers of the vouchers; those that nobody holds are passed over.</param>
    public async Task RemoveAsync(int project, IReadOnlyCollection<long> cards)
    {
        while (await members.FindManyAsync(project, cards) is { Count: > 0 } rows)
        {
            var names = (await campaigns.FindManyAsync(project, [.. rows.Select(static row => row.Campaign).Distinct()])).ToDictionary(static row => row.Number, static row => row.LastName);
            var people = (await customers.LoadManyAsync(project, [.. rows.Select(static row => row.Customer).Distinct()])).ToDictionary(static person => person.Number, static person => person.Id);
            foreach (var part in rows.GroupBy(static row => row.Customer).Chunk(AtOnce))
            {
                await Task.WhenAll(part.Select(own => RemoveAsync(project, own.Key, people.GetValueOrDefault(own.Key), [.. own], names)));
            }
        }
    }

    private async Task RemoveAsync(int project, long customer, string? id, List<MemberRow> rows, Dictionary<long, string?> names)
    {
        if (id is null)
        {
            // Whoever erased the customer takes the rows along, or has.
            var commit = new Commit { Project = project };
            commit.Rows.AddRange(rows.Select(MemberTable.Members.Delete));
            await committer.CommitAsync(commit);
            return;
        }

        var gone = rows.Select(static row => row.Number).ToHashSet();
        var left = (await members.FindManyAsync(project, MemberTable.Customer, [customer], MemberBooks.MostOfCustomer)).Where(row => !gone.Contains(row.Number)).Select(static row => row.Campaign).ToHashSet();
        var removed = rows.Select(row =>
        {
            var state = MemberState.Read(row.Document);
            return new RemovedCard(row, names.GetValueOrDefault(row.Campaign), state.Balance - state.Untold, !left.Contains(row.Campaign));
        });

        // Where a card changed in this moment, or the customer went, it is looked at again.
        await grains.Customer(project, id).RecordAsync(new CardsRemoved { Cards = [.. removed] }, new CommandContext { RequestId = RequestIds.New() });
    }
}
