using Marketing.Hosting;

await ApiApplication.Build(args).RunAsync();
