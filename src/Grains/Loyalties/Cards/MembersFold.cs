using Marketing.Customers;
using Marketing.Customers.Facts;
using Marketing.Storage;

namespace Marketing.Loyalties;

/// <summary>What was decided on members is written, as it was decided; where something moved on meanwhile, whoever decided looks again.</summary>
internal sealed class MembersFold : CustomerFold<MembersChanged>
{
    public override byte[]? Remember(CustomerFact fact, IReadOnlyList<string> eventIds) => ((MembersChanged)fact).Answer?.Utf8.ToArray();

    public override CustomerAnswer Recall(CustomerFact fact, byte[]? kept, string customerId, Customer? present) => new CustomerAnswer.KeyKnown();

    public override CustomerAnswer RefusedBy(CustomerFact fact, Guard guard) => new CustomerAnswer.Superseded();

    public override bool DecidesOn(Guard guard) => true;

    protected override CustomerPatch? NewProfile(MembersChanged fact) => null;

    protected override Folded Fold(MembersChanged fact, CustomerWork work)
    {
        foreach (var member in fact.Members)
        {
            MemberCommits.AddTo(work, member);
        }

        return Folded.Changed();
    }
}
