namespace Marketing.Customers.Imports;

/// <summary>What there is of the customers that some rows name.</summary>
internal interface ICustomersFound
{
    CustomerRow? ById(string id);

    CustomerRow? BySource(string sourceId);

    /// <summary>Who has the id that a customer made of this source id would get, where it was looked for.</summary>
    CustomerRow? ByDerivedId(string sourceId);

    /// <summary>Those with an address, as <see cref="Customers.EmailAddress.KeyOf"/> makes it. More than one is as good as many.</summary>
    IReadOnlyList<CustomerRow> ByEmail(string key);
}
