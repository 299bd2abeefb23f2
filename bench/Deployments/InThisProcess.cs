using Marketing.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Marketing.Bench.Deployments;

/// <summary>The API with its silo on SQLite, in this process, so that its heap can be collected and looked at.</summary>
internal sealed class InThisProcess : IAsyncDisposable
{
    private const string AppId = "bench-app";
    private const string AppToken = "bench-token";

    private readonly DirectoryInfo _data;
    private readonly WebApplication _app;
    private readonly HttpClient _http;

    private InThisProcess(DirectoryInfo data, WebApplication app)
    {
        (_data, _app) = (data, app);
        _http = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
        _http.DefaultRequestHeaders.Add("X-App-Id", AppId);
        _http.DefaultRequestHeaders.Add("X-App-Token", AppToken);
        Shop = new ShopClient(_http, () => "");
    }

    public ShopClient Shop { get; }

    public IGrainFactory Grains => _app.Services.GetRequiredService<IGrainFactory>();

    public static async Task<InThisProcess> StartAsync(params string[] settings)
    {
        var data = Directory.CreateTempSubdirectory("bench-");
        var app = ApiApplication.Build(
        [
            "--urls=http://127.0.0.1:0", $"--Distributions:DataDirectory={data.FullName}", $"--Distributions:Bootstrap:AppId={AppId}",
            $"--Distributions:Bootstrap:AppToken={AppToken}", "--Logging:LogLevel:Default=Warning", .. settings,
        ]);
        await app.StartAsync();
        return new InThisProcess(data, app);
    }

    public async Task DeleteAsync(string path)
    {
        using var response = await _http.DeleteAsync(new Uri(path, UriKind.Relative));
        response.EnsureSuccessStatusCode();
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
        _data.Delete(recursive: true);
    }
}
