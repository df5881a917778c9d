using HousingBank.Processes;
using HousingBank.Processes.Persons;
using HousingBank.ReadModels;
using HousingBank.Web.Access;
using HousingBank.Web.Api;
using HousingBank.Web.Attachments;
using HousingBank.Web.Calendars;
using HousingBank.Web.Pages;
using HousingBank.Web.Printing;
using HousingBank.Web.Shell;

var builder = WebApplication.CreateBuilder(args);
builder.BeginStartProfile();
builder.WebHost.LimitRequests();
builder.Services
    .AddHistory(builder.Configuration.GetConnectionString("Programme"), ReadModelTables.All)
    .AddHistoryKeeping()
    .AddSealing(builder.Configuration["Seals:SigningKey"], builder.Configuration["Seals:PublishTo"])
    .AddPersons(builder.Configuration)
    .AddAttachments(builder.Configuration)
    .AddReadModels()
    .AddAccess(builder.Configuration, builder.Environment)
    .AddProxies(builder.Configuration)
    .AddRateLimits(builder.Configuration)
    .AddRequestLimits(builder.Configuration)
    .AddSingleton<Watch>()
    .AddApi()
    .AddPages(builder.Configuration)
    .AddCalendarFeed()
    .AddPrinting(builder.Configuration)
    .AddHealth()
    .AddTelemetry(builder.Configuration);

var app = builder.Build();
app.BeginWarmUp();
app.WarnOfUnknown();
app.UseProxies();
app.UseWholeRequests();
app.UseSecurityHeaders();
app.UseHeadRequests();
app.UseProblems();
app.UseReadableRequests();
app.UseRouting();
app.UseBodyLimits();
app.UseRequestTimeouts();
app.UseRefusedRequests();
app.UseAccess();
app.UseOwnPagesOnly();
app.UseUnforgedForms();
app.MapHealth();
app.MapApi();
app.MapSeals();
app.MapSignIn();
app.MapCalendarFeed();
app.MapPages();
app.Run();
