namespace Marketing.Customers;

/// <summary>Customers by either of their ids.</summary>
internal static class CustomerLookup
{
    /// <summary>The customer with this id, else the one with this source id, or null.</summary>
    public static async Task<CustomerRow?> FindAsync(this ICustomerStore store, int project, string idOrSourceId)
    {
        if (await store.LoadAsync(project, idOrSourceId) is { } row)
        {
            return row;
        }

        return await store.FindIdBySourceAsync(project, idOrSourceId) is { } id ? await store.LoadAsync(project, id) : null;
    }
}
