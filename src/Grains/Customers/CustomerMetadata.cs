using Marketing.Catalogue;
using Marketing.MetadataSchemas;

namespace Marketing.Customers;

/// <summary>Whether the metadata of a customer is as the project's schemas say: asked by everything that changes a profile, before it is committed.</summary>
internal static class CustomerMetadata
{
    /// <param name="catalogue">By which it is committed.</param>
    /// <param name="given">What is given of metadata.</param>
    /// <param name="after">The profile it has become a part of.</param>
    /// <param name="isNew">Whether the customer is made.</param>
    /// <param name="path">What stands before its fields in the body it came in.</param>
    public static IReadOnlyList<FieldProblem> ProblemsOf(CatalogueSnapshot catalogue, RawJson? given, Customer after, bool isNew, string path = "") =>
        catalogue.MetadataSchemas.ProblemsOf("customer", given, after.Metadata, isNew, path);
}
