using Marketing.Hosting;
using Marketing.Shapes;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Marketing.Templates;

/// <summary>The variables of all features, as a silo registers them.</summary>
internal static class TestScopes
{
    private static readonly TemplateScopes All = new(Registered());

    public static TemplateScope Compose(params string[] roots) => All.Compose(roots);

    private static IEnumerable<Shape> Registered()
    {
        var silo = new Builder();
        silo.AddEngine(silo.Configuration);
        return silo.Services.Where(static service => service.ServiceType == typeof(Shape)).Select(static service => (Shape)service.ImplementationInstance!);
    }

    private sealed class Builder : ISiloBuilder
    {
        public IServiceCollection Services { get; } = new ServiceCollection();

        public IConfiguration Configuration { get; } = new ConfigurationBuilder().Build();
    }
}
