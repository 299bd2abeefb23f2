import { t } from '../../../../i18n.svelte';

/** A mail to begin with: a table that every mail program lays out alike, a button that is a cell, and the way out of the list. */
export function starter(gives: string | undefined): { subject: string; html: string } {
  const code = gives === 'publish_codes' || gives === 'published_code';
  return {
    subject: code ? t('starter.subjectCode') : t('starter.subject'),
    html: `<!doctype html>
<html>
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
</head>
<body style="margin:0; padding:0; background:#f4f4f1;">
  <table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="background:#f4f4f1;">
    <tr>
      <td align="center" style="padding:24px 12px;">
        <table role="presentation" width="600" cellpadding="0" cellspacing="0" style="width:100%; max-width:600px; background:#ffffff; border-radius:8px;">
          <tr>
            <td style="padding:32px; font:16px/1.5 Arial, sans-serif; color:#1b1d1c;">
              <h1 style="margin:0 0 16px; font-size:24px; line-height:1.25;">${t('starter.hello')}</h1>
              <p style="margin:0 0 16px;">${t('starter.text')}</p>
${code ? `              <p style="margin:0 0 24px; padding:16px; background:#f4f4f1; border-radius:8px; font-size:22px; text-align:center;"><strong>{{ voucher.code }}</strong></p>
` : ''}              <table role="presentation" cellpadding="0" cellspacing="0">
                <tr>
                  <td bgcolor="#0b6b5d" style="border-radius:6px;">
                    <a href="https://example.com" style="display:inline-block; padding:12px 24px; color:#ffffff; text-decoration:none; font-weight:bold;">${t('starter.button')}</a>
                  </td>
                </tr>
              </table>
            </td>
          </tr>
          <tr>
            <td style="padding:0 32px 32px; font:13px/1.5 Arial, sans-serif; color:#585e5a;">
              <a href="{{ unsubscribe_url }}" style="color:#585e5a;">${t('starter.unsubscribe')}</a>
            </td>
          </tr>
        </table>
      </td>
    </tr>
  </table>
</body>
</html>
`,
  };
}
