using Microsoft.Extensions.Hosting;

namespace Marketing.Observability;

/// <summary>What is added to Orleans from beside: to the silo where there is one, else to the client.</summary>
internal static class OrleansRole
{
    public static void ConfigureOrleans(this IHostApplicationBuilder builder, Action<ISiloBuilder> silo, Action<IClientBuilder> client)
    {
        // Asking Orleans itself for the other role would end in its refusal to be both.
        if (builder.Services.Any(service => service.ServiceType == typeof(ILocalSiloDetails)))
        {
            builder.UseOrleans(silo);
        }
        else
        {
            builder.UseOrleansClient(client);
        }
    }
}
