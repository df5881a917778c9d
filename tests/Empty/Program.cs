// The least that ASP.NET Core can be asked for: what the start of the web process is measured by.
var app = WebApplication.CreateBuilder(args).Build();
app.MapGet("/", () => "Hello World!");
app.Run();
