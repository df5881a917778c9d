using System.Globalization;

namespace HousingBank.Web.Time;

internal static class IsoDays
{
    /// <summary>As addresses, fields of forms and programs write a day: 2010-12-10.</summary>
    public static string Iso(this DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
