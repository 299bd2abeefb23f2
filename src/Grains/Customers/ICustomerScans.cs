namespace Marketing.Customers;

/// <summary>All customers of a project, part by part, for work that has to see each of them.</summary>
internal interface ICustomerScans
{
    /// <summary>Customers in order of number, from a snapshot of the database.</summary>
    Task<IReadOnlyList<CustomerRow>> ScanAsync(int project, long afterNumber, int limit);

    /// <summary>The highest customer number given out so far, and how many customers the project has, about.</summary>
    Task<(long Last, long Count)> ExtentAsync(int project);
}
