namespace Marketing.Customers.Facts;

/// <summary>Fields that are given replace what the profile has.</summary>
internal sealed class ProfileFold : CustomerFold<ProfileGiven>
{
    protected override CustomerPatch? NewProfile(ProfileGiven fact) => fact.Presence == Presence.MustExist ? null : fact.Patch;

    protected override Folded Fold(ProfileGiven fact, CustomerWork work)
    {
        if (fact.Presence == Presence.MustBeNew && !work.IsNew)
        {
            return Folded.Refused(new CustomerAnswer.Existed(work.Customer.Id, work.Customer.SourceId));
        }

        // A key is kept even if nothing changed, so that it stands for this request.
        return work.Apply(fact.Patch, path: "") || work.IsNew || work.HasKey ? Folded.Changed() : Folded.Nothing;
    }
}
