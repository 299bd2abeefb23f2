using System.Text.Encodings.Web;
using System.Text.Json.Serialization;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization;

namespace Marketing.Hosting;

/// <summary>How grain state is written: one line of JSON in which property names, not type names, are what must stay.</summary>
internal static class GrainStateJson
{
    public static ISiloBuilder UseGrainStateJson(this ISiloBuilder silo)
    {
        silo.UseSystemTextJsonGrainStorageSerializer();
        silo.Services.Configure<SystemTextJsonGrainStorageSerializerOptions>(options =>
        {
            var json = options.JsonSerializerOptions;
            json.WriteIndented = false;
            json.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;

            // State goes to a column, never into a page, so a Cyrillic letter need not take six bytes.
            json.Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;

            // A row that was edited by hand, or copied through a store that sorts keys, can still be read.
            json.AllowOutOfOrderMetadataProperties = true;
        });
        return silo;
    }
}
