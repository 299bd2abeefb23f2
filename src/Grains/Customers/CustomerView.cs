using System.Text.Json.Nodes;

namespace Marketing.Customers;

/// <summary>The customer object as events show it: in full for segment and profile events, in short everywhere else.</summary>
internal static class CustomerView
{
    private static readonly string[] ShortFields = ["id", "name", "email", "source_id", "metadata"];

    public static bool IsFullFor(string eventType) =>
        eventType is Catalogue.TriggerCatalogue.SegmentEntered or Catalogue.TriggerCatalogue.SegmentLeft or Catalogue.TriggerCatalogue.Manual
            or "customer.created" or "customer.updated" or "customer.deleted";

    public static JsonObject Full(byte[] document)
    {
        var view = JsonNode.Parse(document)!.AsObject();
        view.Remove("events");
        view.TryAdd("address", null);
        view["object"] = "customer";
        return view;
    }

    public static JsonObject Simple(byte[] document)
    {
        var full = JsonNode.Parse(document)!.AsObject();
        var view = new JsonObject();
        foreach (var field in ShortFields)
        {
            view[field] = full[field]?.DeepClone();
        }

        view["metadata"] ??= new JsonObject();
        view["object"] = "customer";
        return view;
    }
}
