// Shows what needs passkeys where the browser has them, and says in words when one could not be used.
(function () {
  'use strict'
  document.addEventListener('DOMContentLoaded', function () {
    if (!window.PublicKeyCredential) return
    document.querySelectorAll('[data-passkey]').forEach(function (part) { part.hidden = false })
  })
  document.addEventListener('allauth.error', function (event) {
    event.preventDefault()
    document.querySelectorAll('[data-passkey-error]').forEach(function (line) { line.hidden = false })
  })
})()
