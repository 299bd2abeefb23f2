using Marketing.Catalogue;

namespace Marketing.Connections;

/// <summary>Who goes over connections, and so keeps them from being deleted.</summary>
internal interface IConnectionUser
{
    /// <summary>The ids of what goes over a connection now.</summary>
    IEnumerable<string> UsersOf(string connection, string type, bool isDefault, CatalogueSnapshot catalogue);
}
