namespace Marketing.Bench.Naive;

/// <summary>A customer as one would write it first: every event changes the state, and what follows from it is written where it is decided.</summary>
[Alias("naive-customer")]
internal interface INaiveCustomerGrain : IGrainWithIntegerKey
{
    [Alias("record")]
    Task RecordAsync();
}
