using Marketing.Campaigns;
using Marketing.Customers;
using Marketing.Customers.Facts;
using Marketing.Publications;
using Marketing.Storage;
using Marketing.Vouchers;

namespace Marketing.Loyalties;

/// <summary>A customer has a card that was made elsewhere. It is made, given and empty in one commit: in between it would be one of those that anybody may be given.</summary>
[GenerateSerializer, Immutable, Alias("loyalty-member-imported")]
internal sealed record MemberImported : CustomerFact
{
    [Id(0)] public required VoucherRow Card { get; init; }

    [Id(1)] public required VouchersPublished Published { get; init; }

    /// <summary>The name of the programme.</summary>
    [Id(2)] public required string Program { get; init; }
}

/// <inheritdoc cref="MemberImported"/>
internal sealed class MemberImportedFold : CustomerFold<MemberImported>
{
    // The code, or the customer's only card of the programme, is there by now: whoever decided looks again.
    public override bool DecidesOn(Guard guard) => true;

    public override CustomerAnswer RefusedBy(CustomerFact fact, Guard guard) =>
        guard is Guard.Unique { Table: CustomerWrite.Table } ? base.RefusedBy(fact, guard) : new CustomerAnswer.Superseded();

    protected override CustomerPatch? NewProfile(MemberImported fact) => fact.Published.MustExist ? null : fact.Published.Customer;

    protected override Folded Fold(MemberImported fact, CustomerWork work)
    {
        var now = work.Now.AsStored();
        work.Apply(fact.Published.Customer);
        work.Commit.Rows.Add(VoucherTable.Vouchers.Save(fact.Card));
        work.Commit.Tallies.Add(new Tally(CampaignFigures.Key(fact.Card.Campaign!.Value, CampaignFigures.Created), 1));
        var entry = PublicationFold.Apply(fact.Published, work);

        // The row first: the watch would take it for a member who begins as the programme says.
        var member = new MemberRow(fact.Card.Number, fact.Card.Id, 0, fact.Card.Campaign.Value, work.Number, MemberRow.Never, new MemberState().Write(), now, null);
        MemberCommits.AddTo(work, new MemberChange { Row = member, Campaign = fact.Program });
        return Folded.Changed(entry);
    }
}
