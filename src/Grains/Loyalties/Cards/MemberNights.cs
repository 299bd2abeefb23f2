using Marketing.Catalogue;
using Marketing.Customers;
using Marketing.Storage;

namespace Marketing.Loyalties;

/// <summary>Accounts for the days that passed of members whom nothing else happens to. Each customer is one commit.</summary>
internal sealed class MemberNights(
    ITableStore<MemberRow> members, MemberBooks books, IAutoRewards auto, ICustomerStore customers, Catalogues catalogues, IGrainFactory grains, TimeProvider clock)
{
    /// <summary>Settles the cards of some customers; says how many customers there was something to do for.</summary>
    /// <param name="project">Whose.</param>
    /// <param name="holders">Their numbers.</param>
    /// <param name="isNight">Whether cards redeem by themselves what they are due to.</param>
    public async Task<int> SettleAsync(int project, IReadOnlyCollection<long> holders, bool isNight = false)
    {
        var people = holders.Count == 0 ? [] : await customers.LoadManyAsync(project, holders);
        var settled = await Task.WhenAll(people.Select(person => SettleAsync(project, person.Number, person.Id, isNight)));
        return settled.Count(static one => one);
    }

    private async Task<bool> SettleAsync(int project, long number, string id, bool isNight)
    {
        var today = MemberBooks.Today(await catalogues.GetAsync(project), clock.GetUtcNow());
        if (isNight)
        {
            await RedeemAsync(project, number, today);
        }

        while (true)
        {
            var catalogue = await catalogues.GetAsync(project);
            var rows = await members.FindManyAsync(project, MemberTable.Customer, [number], MemberBooks.MostOfCustomer);
            var opened = await books.OpenAsync(catalogue, rows, number);
            foreach (var book in opened.Where(book => isNight && book.State.AutoDue <= today))
            {
                book.EndAutoRedemption();
            }

            var changes = await books.CloseAsync(catalogue, opened, id);
            if (changes.Count == 0)
            {
                return false;
            }

            // Somebody else may have done it, or something else, in this moment.
            var answer = await grains.Customer(project, id).RecordAsync(new MembersChanged { Members = changes }, new CommandContext { RequestId = RequestIds.New() });
            if (answer is CustomerAnswer.Recorded or CustomerAnswer.NotFound)
            {
                return answer is CustomerAnswer.Recorded;
            }
        }
    }

    // Before what ends today is taken.
    private async Task RedeemAsync(int project, long number, DateOnly today)
    {
        var catalogue = await catalogues.GetAsync(project);
        foreach (var row in await members.FindManyAsync(project, MemberTable.Customer, [number], MemberBooks.MostOfCustomer))
        {
            if (MemberState.Read(row.Document).AutoDue <= today)
            {
                await auto.RedeemAsync(catalogue, row, today);
            }
        }
    }
}
