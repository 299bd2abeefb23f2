namespace Marketing.Bench.Naive;

[GenerateSerializer, Alias("naive-customer-state")]
internal sealed class NaiveCustomerState
{
    [Id(0)] public int Events { get; set; }

    /// <summary>The rest of a profile of 1.5 KB.</summary>
    [Id(1)] public string Profile { get; set; } = new('p', 1_400);
}
