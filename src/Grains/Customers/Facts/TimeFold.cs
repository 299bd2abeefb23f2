namespace Marketing.Customers.Facts;

/// <summary>Nothing happened but time: segments are looked at again where that was due.</summary>
internal sealed class TimeFold : CustomerFold<TimePassed>
{
    public override DateTimeOffset NotBefore(CustomerFact fact) => ((TimePassed)fact).Now;

    protected override CustomerPatch? NewProfile(TimePassed fact) => null;

    protected override Folded Fold(TimePassed fact, CustomerWork work) => work.IsReviewDue ? Folded.Changed() : Folded.Nothing;
}
